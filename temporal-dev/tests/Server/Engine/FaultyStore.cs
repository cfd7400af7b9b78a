using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Engine;

/// <summary>A store in memory that fails on request: before it writes, or after, as a database does whose answer is lost.</summary>
internal sealed class FaultyStore : IStore
{
    private readonly MemoryStore inner;
    private readonly Lock gate = new();
    private readonly List<(Func<StoreTransaction, bool> When, bool Writes, Exception Failure, int Times)> faults = [];
    private int commits;

    public FaultyStore() => inner = new MemoryStore();

    /// <summary>What another has written, without its faults.</summary>
    public FaultyStore(FaultyStore other) => inner = other.inner;

    public bool IsDurable => false;

    /// <summary>Commits that were asked for.</summary>
    public int Commits => Volatile.Read(ref commits);

    /// <summary>Fails commits.</summary>
    /// <param name="when">Which.</param>
    /// <param name="writes">Whether what they hold is written all the same.</param>
    /// <param name="failure">How; the store is unavailable by default.</param>
    /// <param name="times">How many of them.</param>
    public void Fail(Func<StoreTransaction, bool> when, bool writes = false, Exception? failure = null, int times = 1)
    {
        lock (gate)
            faults.Add((when, writes, failure ?? new StoreUnavailableException("as the test wants it"), times));
    }

    /// <summary>Fails commits of a workflow id.</summary>
    public void FailWorkflow(string workflowId, bool writes = false, int times = 1) => Fail(t => t.Runs.Any(r => r.Run.WorkflowId == workflowId), writes, null, times);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async ValueTask CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref commits);
        // As with a database, nobody goes on on the caller's stack.
        await Task.Yield();
        Exception? failure = null;
        lock (gate)
        {
            var at = faults.FindIndex(f => f.When(transaction));
            if (at >= 0)
            {
                var fault = faults[at];
                if (fault.Times == 1)
                    faults.RemoveAt(at);
                else
                    faults[at] = fault with { Times = fault.Times - 1 };
                if (!fault.Writes)
                    throw fault.Failure;
                failure = fault.Failure;
            }
        }

        await inner.CommitAsync(transaction, cancellationToken);
        if (failure is not null)
            throw failure;
    }

    public ValueTask<StoredRun?> LoadRunAsync(RunKey run, CancellationToken cancellationToken) => inner.LoadRunAsync(run, cancellationToken);

    public ValueTask<CurrentRun?> CurrentRunAsync(string namespaceId, string workflowId, CancellationToken cancellationToken) => inner.CurrentRunAsync(namespaceId, workflowId, cancellationToken);

    public ValueTask<EventPage> ReadEventsAsync(RunKey run, long firstEventId, int maxBytes, CancellationToken cancellationToken) => inner.ReadEventsAsync(run, firstEventId, maxBytes, cancellationToken);

    public ValueTask<EventPage> ReadEventsBackAsync(RunKey run, long lastEventId, int maxBytes, CancellationToken cancellationToken) =>
        inner.ReadEventsBackAsync(run, lastEventId, maxBytes, cancellationToken);

    public IAsyncEnumerable<LiveRun> ScanLiveRunsAsync(CancellationToken cancellationToken) => inner.ScanLiveRunsAsync(cancellationToken);

    public ValueTask<IReadOnlyList<RunKey>> ExpiredRunsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => inner.ExpiredRunsAsync(now, limit, cancellationToken);

    public ValueTask<StoredDocument?> LoadDocumentAsync(DocumentKey key, CancellationToken cancellationToken) => inner.LoadDocumentAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<StoredDocument>> ListDocumentsAsync(DocumentKind kind, string? scope, CancellationToken cancellationToken) => inner.ListDocumentsAsync(kind, scope, cancellationToken);

    public ValueTask<VisibilityPage> ListAsync(VisibilityQuery query, int pageSize, byte[]? pageToken, CancellationToken cancellationToken) => inner.ListAsync(query, pageSize, pageToken, cancellationToken);

    public ValueTask<VisibilityCount> CountAsync(VisibilityQuery query, CancellationToken cancellationToken) => inner.CountAsync(query, cancellationToken);
}
