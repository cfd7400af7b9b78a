using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.DevServer.Storage;
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
