using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Operator;

/// <summary>Empties deleted namespaces, one after the other, and then forgets them. What a restart interrupts, the next start takes up again.</summary>
internal sealed partial class NamespaceDeletion : IAsyncDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly ServerParts parts;
    private readonly Channel<NamespaceEntry> queue = Channel.CreateUnbounded<NamespaceEntry>();
    private readonly CancellationTokenSource stopping = new();
    private readonly ILogger logger;
    private Task loop = Task.CompletedTask;

    public NamespaceDeletion(ServerParts parts)
    {
        this.parts = parts;
        logger = parts.Logs.CreateLogger<NamespaceDeletion>();
    }

    /// <summary>Begins, with those that an earlier server left.</summary>
    public void Start()
    {
        foreach (var entry in parts.Namespaces.All.Values.Where(e => e.IsBeingDeleted))
            Enqueue(entry);
        loop = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Adds one that is marked as deleted.</summary>
    public void Enqueue(NamespaceEntry entry) => queue.Writer.TryWrite(entry);

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
                await DeleteAsync(entry);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next start goes on with what is left.
        }
    }

    private async Task DeleteAsync(NamespaceEntry entry)
    {
        while (true)
        {
            try
            {
                foreach (var cleaner in parts.Namespaces.Cleaners)
                    await cleaner.DeleteAllAsync(entry.Id, stopping.Token);
                await parts.Namespaces.RemoveAsync(entry, stopping.Token);
                LogDeleted(entry.Name);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException && !parts.Fatal.EndIfFenced(e))
            {
                LogFailed(e, entry.Name);
                await Task.Delay(RetryPause, stopping.Token);
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
