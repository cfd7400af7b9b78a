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
        if (State.Task is { IsSpeculative: true } task && !EventSubjects.IsOfWorkflowTask(e.EventType))
            MakeNormal(task);
        if (State.HasStartedTask && EventSubjects.IsBuffered(e))
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
            if (!EventSubjects.IsClosureOfOther(e))
                Flush(e, ref started);
        }

        foreach (var e in buffered)
        {
            if (EventSubjects.IsClosureOfOther(e))
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
                    EventSubjects.NameStarted(e, started);
                break;
        }
    }
}
