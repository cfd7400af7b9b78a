namespace Temporalio.DevServer.Executions;

/// <summary>What an event is about: the activity, child, signal or cancel that an earlier event of the run began.</summary>
internal static class EventSubjects
{
    /// <summary>The event that scheduled the activity which this event closes, or null.</summary>
    public static long? ClosedActivity(HistoryEvent e) => e.EventType switch
    {
        EventType.ActivityTaskCompleted => e.ActivityTaskCompletedEventAttributes.ScheduledEventId,
        EventType.ActivityTaskFailed => e.ActivityTaskFailedEventAttributes.ScheduledEventId,
        EventType.ActivityTaskTimedOut => e.ActivityTaskTimedOutEventAttributes.ScheduledEventId,
        EventType.ActivityTaskCanceled => e.ActivityTaskCanceledEventAttributes.ScheduledEventId,
        _ => null,
    };

    /// <summary>The event that wanted the child which this event closes, or null.</summary>
    public static long? ClosedChild(HistoryEvent e) => e.EventType switch
    {
        EventType.ChildWorkflowExecutionCompleted => e.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionFailed => e.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionCanceled => e.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionTimedOut => e.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionTerminated => e.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId,
        _ => null,
    };

    /// <summary>The event that wanted the child of whose start or end this event tells, or null.</summary>
    public static long? Child(HistoryEvent e) => e.EventType switch
    {
        EventType.StartChildWorkflowExecutionFailed => e.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        EventType.ChildWorkflowExecutionStarted => e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId,
        _ => ClosedChild(e),
    };

    /// <summary>Closures name the event with which their activity or child has started, which may have got another id in the meantime.</summary>
    /// <param name="e">Any event.</param>
    /// <param name="started">The new ids, by the event that scheduled the activity or wanted the child.</param>
    public static void NameStarted(HistoryEvent e, Dictionary<long, long> started)
    {
        if ((ClosedActivity(e) ?? ClosedChild(e)) is not { } begun || !started.TryGetValue(begun, out var startedEventId))
            return;
        var attributes = (IMessage)HistoryEvent.Descriptor.FindFieldByNumber((int)e.AttributesCase).Accessor.GetValue(e);
        attributes.Descriptor.FindFieldByName("started_event_id").Accessor.SetValue(attributes, startedEventId);
    }

    public static bool IsOfWorkflowTask(EventType type) => type is EventType.WorkflowTaskScheduled or EventType.WorkflowTaskStarted
        or EventType.WorkflowTaskCompleted or EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut;

    public static bool IsClosureOfOther(HistoryEvent e) => (ClosedActivity(e) ?? ClosedChild(e)) is not null;

    /// <summary>Whether it waits while a workflow task is with a worker: what comes from outside does.</summary>
    public static bool IsBuffered(HistoryEvent e) => IsClosureOfOther(e) || e.EventType is EventType.ActivityTaskStarted or EventType.TimerFired
        or EventType.WorkflowExecutionSignaled or EventType.WorkflowExecutionCancelRequested or EventType.ChildWorkflowExecutionStarted
        or EventType.StartChildWorkflowExecutionFailed or EventType.ExternalWorkflowExecutionSignaled or EventType.SignalExternalWorkflowExecutionFailed
        or EventType.ExternalWorkflowExecutionCancelRequested or EventType.RequestCancelExternalWorkflowExecutionFailed
        or EventType.WorkflowExecutionOptionsUpdated or EventType.WorkflowExecutionUpdateAdmitted;
}
