namespace Temporalio.DevServer.Executions;

// What others may ask of a run.
internal sealed partial class ExecutionState
{
    private const int MaxEndedUpdates = 200;
    private readonly Dictionary<string, UpdateProgress> ended = new(StringComparer.Ordinal);
    private readonly Queue<string> endedOrder = new();

    internal long LastUpdateOrder { get; set; }

    /// <summary>When the run next has something to do by itself (<see cref="Transition.Fire()"/>), or null.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            if (!IsOpen)
                return null;
            var due = Durations.Earlier(FirstTaskDue, Durations.Earlier(RunExpiration, ExecutionExpiration));
            due = Durations.Earlier(due, Task?.Due);
            foreach (var timer in Timers.Values)
                due = Durations.Earlier(due, timer.Due);
            foreach (var activity in Activities.Values)
                due = Durations.Earlier(due, Transition.NextDue(activity));
            return due;
        }
    }

    /// <summary>Whether it must be loaded at start: a task waits for a poller or an effect is undelivered.</summary>
    public bool HasTasks => (IsOpen && (Task is { IsSpeculative: false, IsStarted: false } || HasWaitingActivity)) || HasEffects;

    /// <summary>Whether it must be found at start: open, or closed with effects that are not delivered.</summary>
    public bool IsLive => IsOpen || HasEffects;

    /// <summary>Whether time must not be skipped: a workflow task or activity attempt waits for a worker or is with one, or an effect is undelivered.</summary>
    public bool IsWorking
    {
        get
        {
            if (HasEffects || (IsOpen && Task is not null))
                return true;
            if (!IsOpen)
                return false;
            foreach (var activity in Activities.Values)
            {
                if (activity.IsStarted || (activity.IsOffered && activity.Pause is null))
                    return true;
            }

            return false;
        }
    }

    /// <summary>False while it holds what is only in memory: a speculative task, an update that is admitted and not accepted.</summary>
    public bool IsEvictable
    {
        get
        {
            if (Task is { IsSpeculative: true })
                return false;
            foreach (var update in Updates.Values)
            {
                if (update is { IsAdmitted: true, AdmittedEventId: 0 })
                    return false;
            }

            return true;
        }
    }

    /// <summary>Size in memory, roughly.</summary>
    public long ApproximateBytes
    {
        get
        {
            long bytes = 2_000 + FirstEvent.CalculateSize() + (CloseEvent?.CalculateSize() ?? 0) + (200 * Timers.Count) + (500 * Updates.Count);
            foreach (var activity in Activities.Values)
                bytes += 800 + activity.Scheduled.CalculateSize() + (activity.HeartbeatDetails?.CalculateSize() ?? 0) + (activity.LastFailure?.CalculateSize() ?? 0);
            foreach (var child in Children.Values)
                bytes += 600 + child.InitiatedEvent.CalculateSize();
            foreach (var e in Buffered)
                bytes += e.CalculateSize();
            return bytes;
        }
    }

    /// <summary>What decides how a query reaches a worker.</summary>
    public QueryFacts QueryFacts =>
        new(PreviousStartedEventId != 0, IsOpen && Task is not null, HasStartedTask, StickyTaskQueue, TaskQueue, (Task?.Attempt ?? TaskAttempt) >= 3);

    private bool HasWaitingActivity
    {
        get
        {
            foreach (var activity in Activities.Values)
            {
                if (activity is { IsStarted: false, Pause: null, IsOffered: true })
                    return true;
            }

            return false;
        }
    }

    private bool HasEffects => IsOpen
        ? SignalsOut.Count > 0 || CancelsOut.Count > 0 || HasUnstartedChild
        : NotifyParentPending || ChildrenToClose.Count > 0 || ChildrenToStart.Count > 0;

    private bool HasUnstartedChild
    {
        get
        {
            foreach (var child in Children.Values)
            {
                if (child.StartedEventId == 0)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Tasks that wait for pollers: all of them, to be offered again after a load. Attempts after a backoff are offered by <see cref="Transition.Fire()"/>.</summary>
    public IReadOnlyList<TaskToOffer> WaitingTasks()
    {
        var tasks = new List<TaskToOffer>();
        if (!IsOpen)
            return tasks;
        if (Task is { IsStarted: false } task)
            tasks.Add(Offer(task));
        foreach (var activity in Activities.Values)
        {
            if (activity is { IsStarted: false, IsOffered: true, Pause: null })
                tasks.Add(Offer(activity, isEager: false));
        }

        return tasks;
    }

    /// <summary>How far an update is, or null if the id is unknown.</summary>
    public UpdateProgress? FindUpdate(string updateId)
    {
        if (!Updates.TryGetValue(updateId, out var update))
            return ended.GetValueOrDefault(updateId);
        return update.Stage == UpdateWorkflowExecutionLifecycleStage.Accepted && !IsOpen
            ? new UpdateProgress(updateId, UpdateWorkflowExecutionLifecycleStage.Completed, UpdateFailures.RunClosed())
            : Progress(update);
    }

    internal static UpdateProgress Progress(UpdateState update) => new(update.Id, update.Stage, update.Outcome);

    internal WorkflowTaskToOffer Offer(WorkflowTaskState task) => new()
    {
        Run = Run,
        TaskQueue = StickyTaskQueue ?? TaskQueue,
        NormalTaskQueue = StickyTaskQueue is null ? null : TaskQueue,
        ScheduledEventId = task.ScheduledEventId,
        Attempt = task.Attempt,
        ScheduledAt = task.ScheduledTime,
        IsSpeculative = task.IsSpeculative,
        Priority = Priority,
    };

    internal ActivityTaskToOffer Offer(ActivityState activity, bool isEager) => new()
    {
        Run = Run,
        TaskQueue = activity.TaskQueue,
        ScheduledEventId = activity.ScheduledEventId,
        ActivityId = activity.Id,
        Attempt = activity.Attempt,
        Stamp = activity.Stamp,
        ScheduledAt = activity.AttemptScheduledTime,
        IsEager = isEager,
        Priority = activity.Options?.Priority ?? activity.Scheduled.Priority ?? Priority,
    };

    /// <summary>Keeps for those who wait how an update has ended that leaves nothing behind (rejected or lost); the last ones, in memory only.</summary>
    internal void Remember(UpdateProgress progress)
    {
        ended[progress.UpdateId] = progress;
        endedOrder.Enqueue(progress.UpdateId);
        while (endedOrder.Count > MaxEndedUpdates)
            ended.Remove(endedOrder.Dequeue());
    }

    /// <summary>The same id may be asked for again.</summary>
    internal void Forget(string updateId) => ended.Remove(updateId);

    /// <summary>The buffered firing of a timer, or null.</summary>
    internal Api.History.V1.HistoryEvent? BufferedTimerFired(string timerId)
    {
        foreach (var e in Buffered)
        {
            if (e.EventType == EventType.TimerFired && e.TimerFiredEventAttributes.TimerId == timerId)
                return e;
        }

        return null;
    }

    /// <summary>Whether the end of an activity is buffered: the workflow does not know of it yet and may still ask to cancel.</summary>
    internal bool HasBufferedActivityClosure(long scheduledEventId)
    {
        foreach (var e in Buffered)
        {
            if (EventSubjects.ClosedActivity(e) == scheduledEventId)
                return true;
        }

        return false;
    }
}

/// <summary>What decides how a query reaches a worker.</summary>
/// <param name="HasCompletedWorkflowTask">Whether a workflow task was ever completed: before that nobody can answer.</param>
/// <param name="HasPendingWorkflowTask">Whether a workflow task is scheduled or started: queries are attached to it or to the next.</param>
/// <param name="HasStartedWorkflowTask">Whether that task is with a worker already: queries wait for the next one.</param>
/// <param name="StickyTaskQueue">The worker's own queue, or null.</param>
/// <param name="TaskQueue">The run's queue.</param>
/// <param name="IsWorkflowTaskFailing">Whether the pending task fails again and again (the real server refuses queries then).</param>
internal sealed record QueryFacts(
    bool HasCompletedWorkflowTask, bool HasPendingWorkflowTask, bool HasStartedWorkflowTask, string? StickyTaskQueue, string TaskQueue, bool IsWorkflowTaskFailing)
{
    /// <summary>Direct queries never wait for a workflow task; attached ones do. Never both.</summary>
    public bool MayAskDirectly => HasCompletedWorkflowTask && !HasPendingWorkflowTask;
}
