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
    private readonly QueueLoop<NamespaceEntry> loop;
    private readonly ILogger logger;

    public NamespaceDeletion(ServerParts parts)
    {
        this.parts = parts;
        logger = parts.Logs.CreateLogger<NamespaceDeletion>();
        loop = new QueueLoop<NamespaceEntry>(queue.Reader, DeleteAsync);
    }

    /// <summary>Begins, with those that an earlier server left.</summary>
    public void Start()
    {
        foreach (var entry in parts.Namespaces.All.Values.Where(e => e.IsBeingDeleted))
            Enqueue(entry);
        loop.Start();
    }

    /// <summary>Adds one that is marked as deleted.</summary>
    public void Enqueue(NamespaceEntry entry) => queue.Writer.TryWrite(entry);

    public ValueTask DisposeAsync() => loop.DisposeAsync();

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
