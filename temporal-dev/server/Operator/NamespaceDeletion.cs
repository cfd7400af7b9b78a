using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Operator;

/// <summary>Empties deleted namespaces, one after the other, and then forgets them. What a restart interrupts, the next start takes up again.</summary>
internal sealed partial class NamespaceDeletion(ServerParts parts) : IAsyncDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Channel<NamespaceEntry> queue = Channel.CreateUnbounded<NamespaceEntry>();
    private readonly CancellationTokenSource stopping = new();
    private readonly ILogger logger = parts.Logs.CreateLogger<NamespaceDeletion>();
    private Task loop = Task.CompletedTask;

    /// <summary>Begins, with those that an earlier server left.</summary>
    public void Start()
    {
        foreach (var entry in parts.Namespaces.All.Values.Where(e => e.IsBeingDeleted))
            Enqueue(entry);
        loop = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Adds one that is marked as deleted.</summary>
    public void Enqueue(NamespaceEntry entry) => queue.Writer.TryWrite(entry);

    /// <summary>Ends: interrupts the one in hand and leaves the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var entry in queue.Reader.ReadAllAsync(stopping.Token))
                await DeleteAsync(entry, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task DeleteAsync(NamespaceEntry entry, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                foreach (var cleaner in parts.Namespaces.Cleaners)
                    await cleaner.DeleteAllAsync(entry.Id, cancellationToken);
                await parts.Namespaces.RemoveAsync(entry, cancellationToken);
                LogDeleted(entry.Name);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException && !parts.Fatal.EndIfFenced(e))
            {
                LogFailed(e, entry.Name);
                await Task.Delay(RetryPause, cancellationToken);
            }
            catch (StoreFencedException)
            {
                return;
            }
        }
    }

    [LoggerMessage(EventId = 9411, Level = LogLevel.Information, Message = "Namespace {Name} is gone")]
    private partial void LogDeleted(string name);

    [LoggerMessage(EventId = 9412, Level = LogLevel.Warning, Message = "Namespace {Name} is not emptied yet; trying again")]
    private partial void LogFailed(Exception exception, string name);
}

/// <summary>Deletes the executions of a namespace that is deleted, open ones too, and tells nobody: there is nobody left to tell.</summary>
internal sealed class NamespaceCleaner(ExecutionEngine engine) : INamespaceCleaner
{
    private const int Page = 200;

    public async Task DeleteAllAsync(string namespaceId, CancellationToken cancellationToken)
    {
        engine.Services.Matcher.DropNamespace(namespaceId);
        var query = new VisibilityQuery(namespaceId, new Filter.All());
        while (true)
        {
            // Always the first page: what it held is gone afterwards.
            var page = await engine.Services.Store.ListAsync(query, Page, null, cancellationToken);
            if (page.Rows.Count == 0)
                return;
            foreach (var row in page.Rows)
                await engine.PurgeAsync(row.Run, cancellationToken);
        }
    }
}
