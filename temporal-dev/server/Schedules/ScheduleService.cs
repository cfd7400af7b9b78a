using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Clock;

namespace Temporalio.DevServer.Schedules;

/// <summary>
/// All schedules of the server: in memory for whoever asks, in the store for the next start. A schedule is changed under its own lock, on a copy that counts
/// once it is committed; a workflow that it starts is committed together with it.
/// </summary>
internal sealed partial class ScheduleService : IAsyncDisposable
{
    private const int DueAtOnce = 8;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly IStore store;
    private readonly IServerClock clock;
    private readonly IScheduledRuns runs;
    private readonly Func<string, NamespaceFacts?> namespaces;
    private readonly Action<Exception> fatal;
    private readonly ILogger logger;
    private readonly ConcurrentDictionary<ScheduleKey, ScheduleEntry> entries = new();
    private readonly ConcurrentDictionary<(string NamespaceId, string WorkflowId), ScheduleKey> watched = new();
    private readonly DueTimes<ScheduleKey> due = new();
    private readonly DueLoop<ScheduleKey> loop;

    /// <param name="store">Where schedules are kept.</param>
    /// <param name="clock">Whose time they go by.</param>
    /// <param name="runs">Who starts and ends workflows.</param>
    /// <param name="namespaces">Finds a namespace by its id, or null.</param>
    /// <param name="fatal">Takes failures that end the server.</param>
    /// <param name="logger">Says what could not be started.</param>
    public ScheduleService(IStore store, IServerClock clock, IScheduledRuns runs, Func<string, NamespaceFacts?> namespaces, Action<Exception> fatal, ILogger logger)
    {
        (this.store, this.clock, this.runs, this.namespaces, this.fatal, this.logger) = (store, clock, runs, namespaces, fatal, logger);
        loop = new DueLoop<ScheduleKey>(due, clock, FireAsync, DueAtOnce);
        runs.Closed += OnClosed;
    }

    /// <summary>Takes up what is stored and begins to act.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in await store.ListDocumentsAsync(DocumentKind.Schedule, null, cancellationToken))
        {
            var entry = new ScheduleEntry(new ScheduleKey(stored.Key.Scope, stored.Key.Name), ScheduleDocument.Parser.ParseFrom(stored.Body), stored.Version);
            entries[entry.Key] = entry;
            Watch(entry);
            // At once: runs may have closed while the server was away, and times have passed.
            due.Set(entry.Key, clock.Now);
        }

        loop.Start();
    }

    public async ValueTask DisposeAsync()
    {
        runs.Closed -= OnClosed;
        await loop.DisposeAsync();
    }

    /// <summary>The schedule as last committed, or null.</summary>
    public ScheduleDocument? Find(ScheduleKey key) => entries.TryGetValue(key, out var entry) && entry.IsThere ? entry.Document : null;

    /// <summary>All schedules of a namespace, newest first.</summary>
    public IEnumerable<ScheduleDocument> All(string namespaceId) => entries.Values
        .Where(e => e.Key.NamespaceId == namespaceId && e.IsThere)
        .Select(e => e.Document)
        .OrderByDescending(d => d.Info.CreateTime)
        .ThenByDescending(d => d.ScheduleId, StringComparer.Ordinal);

    /// <summary>Keeps a new schedule.</summary>
    /// <returns>The one that is there: the given, or (the same request sent again) the one that it made before. Null if another has the id.</returns>
    public async Task<ScheduleDocument?> CreateAsync(ScheduleKey key, ScheduleDocument document, Action<Scheduler>? first)
    {
        using var hold = clock.Hold();
        var entry = new ScheduleEntry(key, document, 0);
        await entry.Lock.WaitAsync();
        try
        {
            if (entries.Count >= ScheduleLimits.MaxSchedules)
                throw RpcRefusal.ResourceExhausted($"This server keeps at most {ScheduleLimits.MaxSchedules} schedules.", Api.Enums.V1.ResourceExhaustedCause.Unspecified);
            while (!entries.TryAdd(key, entry))
            {
                if (Find(key) is { } present)
                    return present.CreateRequestId == document.CreateRequestId ? present : null;
                await WaitForOtherAsync(key);
            }

            return await StoreNewAsync(entry, first);
        }
        finally
        {
            entry.Lock.Release();
        }
    }

    /// <summary>Changes a schedule and does at once what follows.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> ChangeAsync(ScheduleKey key, string requestId, Action<Scheduler, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        if (!entries.TryGetValue(key, out var entry))
            return false;
        using var hold = clock.Hold();
        await entry.Lock.WaitAsync(cancellationToken);
        try
        {
            if (!await RefreshAsync(entry))
                return false;
            var work = entry.Work();
            if (requestId.Length > 0 && work.Document.RequestIds.Contains(requestId))
                return true;
            Remember(work.Document, requestId);
            // What was due before is done by the old rules.
            var now = clock.Now;
            work.Advance(now);
            change(work, now);
            work.Advance(now);
            await RunAsync(entry, work);
            return true;
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreConflictException)
        {
            LookAgain(entry);
            throw;
        }
        finally
        {
            entry.Lock.Release();
        }
    }

    /// <summary>Forgets a schedule; what it has started goes on.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> DeleteAsync(ScheduleKey key, CancellationToken cancellationToken)
    {
        if (!entries.TryGetValue(key, out var entry))
            return false;
        await entry.Lock.WaitAsync(cancellationToken);
        try
        {
            if (!entry.IsThere)
                return false;
            await store.CommitAsync(new StoreTransaction { Documents = [new DocumentWrite(key.Document, null, null)] }, CancellationToken.None);
            Forget(entry);
            return true;
        }
        catch (StoreUnavailableException)
        {
            LookAgain(entry);
            throw;
        }
        finally
        {
            entry.Lock.Release();
        }
    }

    /// <summary>Deletes up to <paramref name="limit"/> schedules that ended long ago.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteIdleAsync(int limit, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var idle = entries.Values.Where(e => e.IsThere && e.Work().IdleSince() + ScheduleLimits.IdleRetention < now).Take(limit).Select(e => e.Key).ToList();
        foreach (var key in idle)
            await DeleteAsync(key, cancellationToken);
        return idle.Count;
    }

    private async Task<ScheduleDocument?> StoreNewAsync(ScheduleEntry entry, Action<Scheduler>? first)
    {
        try
        {
            await store.CommitAsync(new StoreTransaction { Documents = [new DocumentWrite(entry.Key.Document, 0, entry.Document.ToByteArray())] }, CancellationToken.None);
            entry.Committed(entry.Document);
        }
        catch
        {
            // Whether it is stored or not, the next try finds out: an id that is taken there conflicts.
            Forget(entry);
            throw;
        }

        var work = entry.Work();
        first?.Invoke(work);
        await RunAsync(entry, work);
        return entry.Document;
    }

    private async Task WaitForOtherAsync(ScheduleKey key)
    {
        if (!entries.TryGetValue(key, out var other))
            return;
        await other.Lock.WaitAsync();
        other.Lock.Release();
    }

    /// <summary>It is not known what is stored: the schedule is read again soon, and does what it has missed.</summary>
    private void LookAgain(ScheduleEntry entry)
    {
        entry.MayBeBehind = true;
        due.Set(entry.Key, clock.Now + RetryPause);
    }

    private void Forget(ScheduleEntry entry)
    {
        entry.IsDeleted = true;
        due.Set(entry.Key, null);
        foreach (var run in entry.Running)
            watched.TryRemove(new((entry.Key.NamespaceId, run.WorkflowId), entry.Key));
        entries.TryRemove(new KeyValuePair<ScheduleKey, ScheduleEntry>(entry.Key, entry));
    }

    /// <summary>Reads the schedule again where memory may be behind. False if it is gone.</summary>
    private async Task<bool> RefreshAsync(ScheduleEntry entry)
    {
        if (!entry.IsThere || !entry.MayBeBehind)
            return entry.IsThere;
        if (await store.LoadDocumentAsync(entry.Key.Document, CancellationToken.None) is { } stored)
        {
            entry.Known(ScheduleDocument.Parser.ParseFrom(stored.Body), stored.Version);
            Watch(entry);
            return true;
        }

        Forget(entry);
        return false;
    }

    private void Watch(ScheduleEntry entry)
    {
        foreach (var run in entry.Running)
            watched[(entry.Key.NamespaceId, run.WorkflowId)] = entry.Key;
    }

    private static void Remember(ScheduleDocument document, string requestId)
    {
        if (requestId.Length == 0)
            return;
        document.RequestIds.Add(requestId);
        while (document.RequestIds.Count > ScheduleLimits.KeptRequestIds)
            document.RequestIds.RemoveAt(0);
    }
}
