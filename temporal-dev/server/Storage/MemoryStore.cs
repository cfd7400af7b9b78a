using System.Runtime.CompilerServices;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage;

/// <summary>
/// Keeps everything in memory and loses it at the end: for tests. It keeps bytes as the durable store does, so that whoever forgets to write
/// something finds out here too.
/// </summary>
internal sealed class MemoryStore : IStore
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

    private void Commit(StoreTransaction transaction)
    {
        StoreTransactionCheck.Check(transaction);
        lock (gate)
        {
            foreach (var run in transaction.Runs)
                Expect(run);
            foreach (var document in transaction.Documents)
                Expect(document);
            foreach (var run in transaction.Runs)
                Write(run);
            foreach (var document in transaction.Documents)
                Write(document);
            foreach (var run in transaction.Deletes)
                Delete(run);
        }
    }

    private void Expect(RunWrite write)
    {
        var stored = runs.GetValueOrDefault(write.Run);
        if ((stored?.Version ?? 0) != write.ExpectedVersion || (stored is not null && write.Append.Count > 0 && write.Append[0].FirstEventId != stored.NextEventId))
            throw new StoreConflictException($"Run {write.Run.RunId} is not at version {write.ExpectedVersion}.");
        if (write.Current is { } change && currents.GetValueOrDefault((write.Run.NamespaceId, write.Run.WorkflowId))?.RunId != change.ExpectedRunId)
            throw new StoreConflictException($"The current run of {write.Run.WorkflowId} is not {change.ExpectedRunId ?? "none"}.");
    }

    private void Expect(DocumentWrite write)
    {
        if (write is { Body: not null, ExpectedVersion: { } expected } && (documents.GetValueOrDefault(write.Key)?.Version ?? 0) != expected)
            throw new StoreConflictException($"{write.Key.Kind} {write.Key.Name} is not at version {expected}.");
    }

    private void Write(RunWrite write)
    {
        if (!runs.TryGetValue(write.Run, out var run))
            runs.Add(write.Run, run = new Run());
        run.Version++;
        run.Batches.AddRange(write.Append);
        run.Extras = write.Extras;
        run.IsLive = write.IsLive;
        run.NextDue = write.NextDue;
        run.HasTasks = write.HasTasks;
        run.RetainUntil = write.RetainUntil;
        run.Visibility = write.Visibility ?? run.Visibility;
        if (write.Current is { } change)
            currents[(write.Run.NamespaceId, write.Run.WorkflowId)] = change.Now;
    }

    private void Write(DocumentWrite write)
    {
        if (write.Body is null)
            documents.Remove(write.Key);
        else
            documents[write.Key] = new StoredDocument(write.Key, (documents.GetValueOrDefault(write.Key)?.Version ?? 0) + 1, write.Body);
    }

    private void Delete(RunKey run)
    {
        if (runs.Remove(run) && currents.GetValueOrDefault((run.NamespaceId, run.WorkflowId))?.RunId == run.RunId)
            currents.Remove((run.NamespaceId, run.WorkflowId));
    }

    private sealed class Run
    {
        public long Version { get; set; }

        public List<HistoryEventBatch> Batches { get; } = [];

        public long NextEventId => Batches.Count == 0 ? 1 : Batches[^1].NextEventId;

        public byte[] Extras { get; set; } = [];

        public bool IsLive { get; set; }

        public DateTimeOffset? NextDue { get; set; }

        public bool HasTasks { get; set; }

        public DateTimeOffset? RetainUntil { get; set; }

        public VisibilityRow? Visibility { get; set; }
    }
}
