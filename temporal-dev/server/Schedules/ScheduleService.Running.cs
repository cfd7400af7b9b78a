using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Temporalio.DevServer.Schedules;

// What schedules do by themselves.
internal sealed partial class ScheduleService
{
    /// <summary>A schedule is due.</summary>
    private async Task FireAsync(ScheduleKey key)
    {
        if (!entries.TryGetValue(key, out var entry))
            return;
        await entry.Lock.WaitAsync();
        try
        {
            if (!await RefreshAsync(entry))
                return;
            var work = entry.Work();
            await LookAfterRunsAsync(entry, work);
            work.Advance(clock.Now);
            await RunAsync(entry, work);
        }
        catch (StoreFencedException e)
        {
            fatal(e);
        }
        catch (Exception e)
        {
            // The store is away, or a bug: either way the schedule is read again, and tried again.
            LogNotRun(e, key.ScheduleId);
            LookAgain(entry);
        }
        finally
        {
            entry.Lock.Release();
        }
    }

    /// <summary>Called under the run's lock. The hold goes on until the schedule has drawn its conclusions.</summary>
    private void OnClosed(RunKey run, WorkflowExecutionStatus status)
    {
        // The chain goes on; its last run will be heard of.
        if (status == WorkflowExecutionStatus.ContinuedAsNew || !watched.TryGetValue((run.NamespaceId, run.WorkflowId), out var key))
            return;
        var hold = clock.Hold();
        _ = Task.Run(async () =>
        {
            using (hold)
                await FireAsync(key);
        });
    }

    /// <summary>Asks after the runs that this schedule has started and takes note of those that have closed.</summary>
    private async Task LookAfterRunsAsync(ScheduleEntry entry, Scheduler work)
    {
        foreach (var run in entry.Running)
        {
            if (await runs.OutcomeAsync(entry.Key.NamespaceId, run, CancellationToken.None) is { } outcome)
                work.Closed(run.WorkflowId, outcome);
        }
    }

    /// <summary>Starts what may be started, commits, and says when the schedule is next due.</summary>
    /// <param name="entry">The schedule, its lock held.</param>
    /// <param name="work">The copy with all changes so far.</param>
    private async Task RunAsync(ScheduleEntry entry, Scheduler work)
    {
        var before = entry.Running.ToList();
        work.Backfill();
        var decision = work.Decide();
        var (cancel, terminate) = (decision.Cancel, decision.Terminate);
        for (; decision.Starts.FirstOrDefault() is { } start; decision = work.Decide())
            work = await StartAsync(entry, work, start, tracked: ReferenceEquals(start, decision.Single));
        if (!entry.Document.Equals(work.Document))
        {
            await store.CommitAsync(new StoreTransaction { Documents = [Write(entry, work.Document)] }, CancellationToken.None);
            entry.Committed(work.Document);
        }

        foreach (var run in before.Except(entry.Running))
            watched.TryRemove(new((entry.Key.NamespaceId, run.WorkflowId), entry.Key));
        Watch(entry);
        due.Set(entry.Key, entry.Work().NextDue(clock.Now));
        if (terminate || cancel)
            await EndAsync(entry, terminate);
    }

    /// <summary>Starts one workflow together with the schedule that says so.</summary>
    /// <returns>The copy to go on with: without the start, which has been committed or cannot be.</returns>
    private async Task<Scheduler> StartAsync(ScheduleEntry entry, Scheduler work, BufferedStart start, bool tracked)
    {
        if (namespaces(entry.Key.NamespaceId) is not { } space || !work.TryTake(start))
        {
            work.Drop(start);
            return work;
        }

        var runId = Guid.CreateVersion7().ToString("D");
        var request = work.Request(start, space.Name, Guid.NewGuid().ToString("D"));
        var next = new Scheduler(work.Document.Clone(), entry.Key.NamespaceId);
        next.Started(start, new WorkflowExecution { WorkflowId = request.WorkflowId, RunId = runId }, clock.Now, tracked);
        try
        {
            runs.Prepare(entry.Key.NamespaceId, request);
            // Watched before it can close.
            watched[(entry.Key.NamespaceId, request.WorkflowId)] = entry.Key;
            await runs.StartAsync(entry.Key.NamespaceId, request, runId, Write(entry, next.Document), CancellationToken.None);
            entry.Committed(next.Document);
            return new Scheduler(next.Document.Clone(), entry.Key.NamespaceId);
        }
        catch (RpcException e) when (e.StatusCode is not StatusCode.Unavailable)
        {
            // Refused for good: another workflow has the id, or what the schedule says can no longer be started.
            LogNotStarted(entry.Key.ScheduleId, request.WorkflowId, e.Message);
            work.Drop(start);
            return work;
        }
    }

    private async Task EndAsync(ScheduleEntry entry, bool terminate)
    {
        if (namespaces(entry.Key.NamespaceId) is not { } space)
            return;
        var identity = Scheduler.Identity(space.Name, entry.Key.ScheduleId);
        foreach (var run in entry.Running)
        {
            if (terminate)
                await runs.TerminateAsync(entry.Key.NamespaceId, run, identity, "terminated by schedule overlap policy", CancellationToken.None);
            else
                await runs.CancelAsync(entry.Key.NamespaceId, run, identity, "cancelled by schedule overlap policy", CancellationToken.None);
        }
    }

    private static DocumentWrite Write(ScheduleEntry entry, ScheduleDocument next) => new(entry.Key.Document, entry.Version, next.ToByteArray());

    [LoggerMessage(EventId = 9601, Level = LogLevel.Warning, Message = "Schedule {ScheduleId} could not act; it is tried again")]
    private partial void LogNotRun(Exception exception, string scheduleId);

    [LoggerMessage(EventId = 9602, Level = LogLevel.Warning, Message = "Schedule {ScheduleId} could not start {WorkflowId}: {Reason}")]
    private partial void LogNotStarted(string scheduleId, string workflowId, string reason);
}
