using System.Runtime.CompilerServices;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage;

/// <summary>
/// Keeps everything in memory and loses it at the end: for tests. It keeps bytes as the durable store does, so that whoever forgets to write
/// something finds out here too.
/// </summary>
internal sealed partial class MemoryStore : IStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<RunKey, Run> runs = [];
    private readonly Dictionary<(string NamespaceId, string WorkflowId), CurrentRun> currents = [];
    private readonly Dictionary<DocumentKey, StoredDocument> documents = [];

    public bool IsDurable => false;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public ValueTask CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            Commit(transaction);
            return ValueTask.CompletedTask;
        }
        catch (Exception e) when (e is StoreConflictException or StoreRejectedException)
        {
            return ValueTask.FromException(e);
        }
    }

    public ValueTask<StoredRun?> LoadRunAsync(RunKey run, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(runs.TryGetValue(run, out var stored) ? new StoredRun(run, stored.Version, stored.NextEventId, stored.Extras) : null);
    }

    public ValueTask<CurrentRun?> CurrentRunAsync(string namespaceId, string workflowId, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(currents.GetValueOrDefault((namespaceId, workflowId)));
    }

    public ValueTask<EventPage> ReadEventsAsync(RunKey run, long firstEventId, int maxBytes, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var batches = runs.TryGetValue(run, out var stored) ? stored.Batches : [];
            return ValueTask.FromResult(EventPages.Fill(batches.Where(b => b.NextEventId > firstEventId), maxBytes, b => b.NextEventId < stored!.NextEventId ? b.NextEventId : null));
        }
    }

    public ValueTask<EventPage> ReadEventsBackAsync(RunKey run, long lastEventId, int maxBytes, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var batches = runs.TryGetValue(run, out var stored) ? stored.Batches : [];
            return ValueTask.FromResult(EventPages.Fill(batches.Where(b => b.FirstEventId <= lastEventId).Reverse(), maxBytes, EventPages.Before));
        }
    }

    public async IAsyncEnumerable<LiveRun> ScanLiveRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        LiveRun[] live;
        lock (gate)
            live = [.. runs.Where(r => r.Value.IsLive).Select(r => new LiveRun(r.Key, r.Value.NextDue, r.Value.HasTasks))];
        foreach (var run in live)
            yield return run;
    }

    public ValueTask<IReadOnlyList<RunKey>> ExpiredRunsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult<IReadOnlyList<RunKey>>([.. runs.Where(r => r.Value.RetainUntil < now).OrderBy(r => r.Value.RetainUntil).Take(limit).Select(r => r.Key)]);
    }

    public ValueTask<StoredDocument?> LoadDocumentAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        lock (gate)
            return ValueTask.FromResult(documents.GetValueOrDefault(key));
    }

    public ValueTask<IReadOnlyList<StoredDocument>> ListDocumentsAsync(DocumentKind kind, string? scope, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<StoredDocument>>([.. documents.Values
                .Where(d => d.Key.Kind == kind && (scope is null || d.Key.Scope == scope))
                .OrderBy(d => d.Key.Scope, StringComparer.Ordinal)
                .ThenBy(d => d.Key.Name, StringComparer.Ordinal)]);
        }
    }

    public ValueTask<VisibilityPage> ListAsync(VisibilityQuery query, int pageSize, byte[]? pageToken, CancellationToken cancellationToken)
    {
        var after = pageToken is null ? (PageToken?)null : PageToken.Parse(pageToken);
        var rows = Matching(query)
            .Where(r => after is null || after.Value.IsBefore(r))
            .OrderByDescending(r => r.CloseOrder)
            .ThenByDescending(r => r.StartTime)
            .ThenByDescending(r => r.Run.RunId, StringComparer.Ordinal)
            .Take(pageSize + 1)
            .ToList();
        return ValueTask.FromResult(VisibilityPages.Cut(rows, pageSize));
    }

    public ValueTask<VisibilityCount> CountAsync(VisibilityQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new VisibilityCount([.. Matching(query).GroupBy(r => r.Status).OrderBy(g => g.Key).Select(g => KeyValuePair.Create(g.Key, (long)g.Count()))]));

    private IEnumerable<VisibilityRow> Matching(VisibilityQuery query)
    {
        VisibilityRow[] rows;
        // Rows never change: commits go on while they are looked at.
        lock (gate)
            rows = [.. runs.Values.Select(r => r.Visibility).OfType<VisibilityRow>()];
        return rows.Where(r => r.Run.NamespaceId == query.NamespaceId && FilterEvaluator.Matches(query.Filter, r.Value));
    }
}
