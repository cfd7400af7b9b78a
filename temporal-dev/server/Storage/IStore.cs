using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage;

/// <summary>
/// Where the server's state lives. Implementations are safe for concurrent calls. Every method may throw
/// <see cref="StoreUnavailableException"/> and <see cref="StoreFencedException"/>.
/// </summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>Whether what is acknowledged outlives the process.</summary>
    bool IsDurable { get; }

    /// <summary>Writes a transaction and returns when it is durable.</summary>
    /// <param name="transaction">What to write.</param>
    /// <param name="cancellationToken">Stops waiting. The write may happen nevertheless, as after <see cref="StoreUnavailableException"/>.</param>
    /// <exception cref="StoreConflictException">Something has moved.</exception>
    /// <exception cref="StoreRejectedException">The data cannot be stored.</exception>
    ValueTask CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken);

    /// <summary>The run without its events, or null.</summary>
    ValueTask<StoredRun?> LoadRunAsync(RunKey run, CancellationToken cancellationToken);

    /// <summary>The newest run of a workflow id, or null.</summary>
    ValueTask<CurrentRun?> CurrentRunAsync(string namespaceId, string workflowId, CancellationToken cancellationToken);

    /// <summary>Batches from the one that holds <paramref name="firstEventId"/> on, until <paramref name="maxBytes"/> are reached.</summary>
    ValueTask<EventPage> ReadEventsAsync(RunKey run, long firstEventId, int maxBytes, CancellationToken cancellationToken);

    /// <summary>Batches from the one that holds <paramref name="lastEventId"/> back to the first, newest first, until <paramref name="maxBytes"/> are reached.</summary>
    ValueTask<EventPage> ReadEventsBackAsync(RunKey run, long lastEventId, int maxBytes, CancellationToken cancellationToken);

    /// <summary>All runs that still have something to do, in no order.</summary>
    IAsyncEnumerable<LiveRun> ScanLiveRunsAsync(CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> runs whose retention ended before <paramref name="now"/>.</summary>
    ValueTask<IReadOnlyList<RunKey>> ExpiredRunsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>A document, or null.</summary>
    ValueTask<StoredDocument?> LoadDocumentAsync(DocumentKey key, CancellationToken cancellationToken);

    /// <summary>All documents of a kind, in one scope or (null) in all, by scope and name.</summary>
    ValueTask<IReadOnlyList<StoredDocument>> ListDocumentsAsync(DocumentKind kind, string? scope, CancellationToken cancellationToken);

    /// <summary>One page of the rows that match: open ones first, then by close time, start time and run id, each newest first.</summary>
    /// <exception cref="InvalidPageTokenException">The token is not one of this store's.</exception>
    ValueTask<VisibilityPage> ListAsync(VisibilityQuery query, int pageSize, byte[]? pageToken, CancellationToken cancellationToken);

    /// <summary>How many rows match, and how many of each status (sorted by status; statuses that nothing has are left out).</summary>
    ValueTask<VisibilityCount> CountAsync(VisibilityQuery query, CancellationToken cancellationToken);
}

/// <summary>A run as stored; its events are read apart, page by page.</summary>
/// <param name="Run">The run.</param>
/// <param name="Version">To be expected by the next write.</param>
/// <param name="NextEventId">The id that the next event gets; events 1 to this minus 1 are stored.</param>
/// <param name="Extras">Everything acknowledged that is not an event.</param>
internal sealed record StoredRun(RunKey Run, long Version, long NextEventId, byte[] Extras);

/// <summary>A small document as stored.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Version">1 after its first write, and one more after each.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record StoredDocument(DocumentKey Key, long Version, byte[] Body);

/// <summary>What the server must know at start of a run that still has something to do; the rest is loaded when it is needed.</summary>
internal sealed record LiveRun(RunKey Run, DateTimeOffset? NextDue, bool HasTasks);

/// <summary>A version, a current run or a document is not what the writer expected. Nothing of the transaction was written; load again and decide again.</summary>
internal sealed class StoreConflictException(string message) : Exception(message);

/// <summary>The database refuses this transaction for what it holds. Nothing of it was written, and trying again does not help.</summary>
internal sealed class StoreRejectedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The store does not answer. A write that ends so may have happened or not: forget what is in memory of the runs it touched and load them
/// again; the store refuses to read until it knows.
/// </summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another server writes to this database. Nothing can be written any more; the process must end.</summary>
internal sealed class StoreFencedException(string message) : Exception(message);
