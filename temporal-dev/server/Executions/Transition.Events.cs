namespace Temporalio.DevServer.Executions;

// How events come into being: ids, times, buffering while a workflow task is with a worker, and their order afterwards.
internal sealed partial class Transition
{
    private readonly List<HistoryEvent> events = [];

    private HistoryEvent New(EventType type) => New(type, context.Now);

    private static HistoryEvent New(EventType type, DateTimeOffset time) => new() { EventType = type, EventTime = Durations.Stamp(time) };

    /// <summary>Adds an event, at once or, while a workflow task is with a worker, to the buffer.</summary>
    private void Append(HistoryEvent e)
    {
        // A speculative task keeps the ids after the last event for itself: it must become a real one before anything else takes them.
        if (State.Task is { IsSpeculative: true } task && !IsOfWorkflowTask(e.EventType))
            MakeNormal(task);
        if (State.HasStartedTask && IsBuffered(e.EventType))
        {
            State.Buffered.Add(e);
            State.Apply(e);
            changed = true;
            return;
        }

        Write(e);
        State.Apply(e);
    }

    private void Write(HistoryEvent e)
    {
        e.EventId = State.NextEventId++;
        e.TaskId = context.Ids.NextTaskId();
        events.Add(e);
        changed = true;
    }

    /// <summary>Gives the buffered events their ids: closures of activities and children last, as the real server orders them.</summary>
    private void FlushBuffer()
    {
        if (State.Buffered.Count == 0)
            return;
        if (!State.IsOpen)
        {
            State.Buffered.Clear();
            changed = true;
            return;
        }

        var buffered = State.Buffered.ToArray();
        State.Buffered.Clear();
        Dictionary<long, long>? started = null;
        foreach (var e in buffered)
        {
            if (!IsClosureOfOther(e.EventType))
                Flush(e, ref started);
        }

        foreach (var e in buffered)
        {
            if (IsClosureOfOther(e.EventType))
                Flush(e, ref started);
        }
    }

    private void Flush(HistoryEvent e, ref Dictionary<long, long>? started)
    {
        Write(e);
        switch (e.EventType)
        {
            case EventType.ActivityTaskStarted:
                (started ??= [])[e.ActivityTaskStartedEventAttributes.ScheduledEventId] = e.EventId;
                break;
            case EventType.ChildWorkflowExecutionStarted:
                var initiated = e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId;
                (started ??= [])[initiated] = e.EventId;
                if (State.Children.TryGetValue(initiated, out var child))
                    child.StartedEventId = e.EventId;
                break;
            case EventType.WorkflowExecutionOptionsUpdated when e.WorkflowExecutionOptionsUpdatedEventAttributes.AttachedRequestId is { Length: > 0 } request:
                State.RequestEvents[request] = (e.EventType, e.EventId);
                break;
            default:
                if (started is not null)
                    Wire(e, started);
                break;
        }
    }

    /// <summary>Closures name the event with which their activity or child has started, which may have got another id in the meantime.</summary>
    private static void Wire(HistoryEvent e, Dictionary<long, long> started)
    {
        if (e.ActivityTaskCompletedEventAttributes is { } completed)
            completed.StartedEventId = Started(completed.ScheduledEventId, completed.StartedEventId);
        else if (e.ActivityTaskFailedEventAttributes is { } failed)
            failed.StartedEventId = Started(failed.ScheduledEventId, failed.StartedEventId);
        else if (e.ActivityTaskTimedOutEventAttributes is { } timedOut)
            timedOut.StartedEventId = Started(timedOut.ScheduledEventId, timedOut.StartedEventId);
        else if (e.ActivityTaskCanceledEventAttributes is { } canceled)
            canceled.StartedEventId = Started(canceled.ScheduledEventId, canceled.StartedEventId);
        else if (e.ChildWorkflowExecutionCompletedEventAttributes is { } childCompleted)
            childCompleted.StartedEventId = Started(childCompleted.InitiatedEventId, childCompleted.StartedEventId);
        else if (e.ChildWorkflowExecutionFailedEventAttributes is { } childFailed)
            childFailed.StartedEventId = Started(childFailed.InitiatedEventId, childFailed.StartedEventId);
        else if (e.ChildWorkflowExecutionTimedOutEventAttributes is { } childTimedOut)
            childTimedOut.StartedEventId = Started(childTimedOut.InitiatedEventId, childTimedOut.StartedEventId);
        else if (e.ChildWorkflowExecutionCanceledEventAttributes is { } childCanceled)
            childCanceled.StartedEventId = Started(childCanceled.InitiatedEventId, childCanceled.StartedEventId);
        else if (e.ChildWorkflowExecutionTerminatedEventAttributes is { } childTerminated)
            childTerminated.StartedEventId = Started(childTerminated.InitiatedEventId, childTerminated.StartedEventId);

        long Started(long begun, long otherwise) => started.GetValueOrDefault(begun, otherwise);
    }

    private static bool IsOfWorkflowTask(EventType type) => type is EventType.WorkflowTaskScheduled or EventType.WorkflowTaskStarted
        or EventType.WorkflowTaskCompleted or EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut;

    private static bool IsClosureOfOther(EventType type) => type is EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed
        or EventType.ActivityTaskTimedOut or EventType.ActivityTaskCanceled or EventType.ChildWorkflowExecutionCompleted
        or EventType.ChildWorkflowExecutionFailed or EventType.ChildWorkflowExecutionTimedOut or EventType.ChildWorkflowExecutionCanceled
        or EventType.ChildWorkflowExecutionTerminated;

    /// <summary>Whether it waits while a workflow task is with a worker: what comes from outside does.</summary>
    private static bool IsBuffered(EventType type) => IsClosureOfOther(type) || type is EventType.ActivityTaskStarted or EventType.TimerFired
        or EventType.WorkflowExecutionSignaled or EventType.WorkflowExecutionCancelRequested or EventType.ChildWorkflowExecutionStarted
        or EventType.StartChildWorkflowExecutionFailed or EventType.ExternalWorkflowExecutionSignaled or EventType.SignalExternalWorkflowExecutionFailed
        or EventType.ExternalWorkflowExecutionCancelRequested or EventType.RequestCancelExternalWorkflowExecutionFailed
        or EventType.WorkflowExecutionOptionsUpdated or EventType.WorkflowExecutionUpdateAdmitted;
}
