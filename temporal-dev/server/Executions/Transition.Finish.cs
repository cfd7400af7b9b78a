using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Executions;

// The end of a unit of work: limits, bytes, and what the engine must do.
internal sealed partial class Transition
{
    /// <summary>Ends the unit of work. The transition must not be used afterwards.</summary>
    public TransitionResult Finish()
    {
        EnforceLimits();
        var hasClosed = !State.IsOpen && (wasOpen || isNew);
        var write = changed ? Write(hasClosed) : null;
        return new TransitionResult
        {
            Run = Run,
            State = State,
            Write = write,
            NewRuns = newRuns.Count == 0 ? [] : newRuns.ConvertAll(r => r.Finish()),
            Tasks = [.. Offers],
            Effects = State.NewEffects(context.Namespace.Name),
            Events = events,
            Updates = updates,
            WorkflowTaskEnded = workflowTaskEnded,
            Closed = hasClosed,
            Status = State.Status,
        };
    }

    private RunWrite Write(bool hasClosed)
    {
        State.StateTransitionCount++;
        HistoryEventBatch[] append = [];
        if (events.Count > 0)
        {
            var history = new History();
            history.Events.AddRange(events);
            var bytes = history.ToByteArray();
            State.HistorySizeBytes += bytes.Length;
            append = [new HistoryEventBatch(events[0].EventId, events.Count, bytes)];
        }

        return new RunWrite(
            Run, State.Version, append, State.WriteExtras(), State.IsLive, State.NextDue, State.HasTasks,
            visibilityChanged ? Row() : null, Current(hasClosed), RetainUntil());
    }

    private DateTimeOffset? RetainUntil() =>
        State.CloseEvent is { } closed ? Durations.Add(closed.EventTime.ToDateTimeOffset(), context.Namespace.Retention) : null;

    private CurrentRunChange? Current(bool hasClosed)
    {
        // What follows takes the place over.
        if ((!isNew && !hasClosed) || newRuns.Count > 0)
            return null;
        return new CurrentRunChange(isNew ? replacesRunId : Run.RunId, new CurrentRun(Run.RunId, State.Status, State.StartRequestId, State.StartTime));
    }

    private VisibilityRow Row()
    {
        var started = State.Started;
        var closed = State.CloseEvent;
        var root = State.Root;
        return new VisibilityRow
        {
            Run = Run,
            WorkflowType = started.WorkflowType.Name,
            TaskQueue = State.TaskQueue,
            Status = State.Status,
            StartTime = State.StartTime,
            ExecutionTime = State.ExecutionTime,
            CloseTime = closed?.EventTime.ToDateTimeOffset(),
            HistoryLength = closed is null ? 0 : State.NextEventId - 1,
            HistorySizeBytes = closed is null ? 0 : State.HistorySizeBytes,
            StateTransitionCount = closed is null ? 0 : State.StateTransitionCount,
            ParentWorkflowId = started.ParentWorkflowExecution?.WorkflowId,
            ParentRunId = started.ParentWorkflowExecution?.RunId,
            RootWorkflowId = root.WorkflowId,
            RootRunId = root.RunId,
            Memo = State.Memo?.ToByteArray() ?? [],
            SearchAttributes = SearchAttributePayloads.ToValues(State.SearchAttributes, context.Namespace.SearchAttributes),
        };
    }

    /// <summary>A run that has become too large is closed, and a task that has kept too much waiting is given up.</summary>
    private void EnforceLimits()
    {
        if (!State.IsOpen)
            return;
        if (State.NextEventId - 1 > Limits.HistoryCount)
            Exceeded("Workflow history count exceeds limit.");
        else if (State.HistorySizeBytes > Limits.HistorySizeBytes)
            Exceeded("Workflow history size exceeds limit.");
        else if (State.Buffered.Count > Limits.BufferedEvents && State.Task is { IsStarted: true } task)
            GiveUp(task);
    }

    private void GiveUp(WorkflowTaskState task)
    {
        FailTask(task, WorkflowTaskFailedCause.ForceCloseCommand, failure: null, ServerIdentity);
        ScheduleTask();
    }

    private void Exceeded(string reason)
    {
        CutOffTask();
        WriteTerminated(reason, details: null, ServerIdentity, []);
        EndUpdatesOfClosedRun(continues: false);
    }
}

/// <summary>What one transition leaves behind: what the engine must write, and what it must do once that is committed.</summary>
internal sealed record TransitionResult
{
    public required RunKey Run { get; init; }

    /// <summary>The run as it is now.</summary>
    public required ExecutionState State { get; init; }

    /// <summary>What to write, or null if nothing that must survive has changed (a speculative task, a repeated request).</summary>
    public RunWrite? Write { get; init; }

    /// <summary>Runs that begin in the same store transaction: continue-as-new, retry, cron.</summary>
    public IReadOnlyList<TransitionResult> NewRuns { get; init; } = [];

    /// <summary>Tasks that wait for pollers from now on.</summary>
    public IReadOnlyList<TaskToOffer> Tasks { get; init; } = [];

    /// <summary>What other executions must be told. Kept in the run until the verb that answers it.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>The events appended, as written, for readers that wait. Do not change them.</summary>
    public IReadOnlyList<HistoryEvent> Events { get; init; } = [];

    /// <summary>Updates that have come further.</summary>
    public IReadOnlyList<UpdateProgress> Updates { get; init; } = [];

    /// <summary>Whether a workflow task was completed, failed or timed out: queries that wait for one must be looked at again.</summary>
    public bool WorkflowTaskEnded { get; init; }

    /// <summary>Whether the run has closed with this transition.</summary>
    public bool Closed { get; init; }

    /// <summary>The run's status now.</summary>
    public WorkflowExecutionStatus Status { get; init; }
}
