using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// What kinds of history events there are, seen by a worker.
/// </summary>
internal static class HistoryEvents
{
    /// <summary>Whether the event records a command that a workflow task was completed with.</summary>
    /// <param name="e">Event.</param>
    /// <returns>True if so.</returns>
    internal static bool IsCommandEvent(this HistoryEvent e) => e.EventType switch
    {
        EventType.ActivityTaskScheduled or
        EventType.ActivityTaskCancelRequested or
        EventType.MarkerRecorded or
        EventType.RequestCancelExternalWorkflowExecutionInitiated or
        EventType.SignalExternalWorkflowExecutionInitiated or
        EventType.StartChildWorkflowExecutionInitiated or
        EventType.TimerCanceled or
        EventType.TimerStarted or
        EventType.UpsertWorkflowSearchAttributes or
        EventType.WorkflowPropertiesModified or
        EventType.NexusOperationScheduled or
        EventType.NexusOperationCancelRequested or
        EventType.WorkflowExecutionCanceled or
        EventType.WorkflowExecutionCompleted or
        EventType.WorkflowExecutionContinuedAsNew or
        EventType.WorkflowExecutionFailed or
        EventType.WorkflowExecutionUpdateAccepted or
        EventType.WorkflowExecutionUpdateRejected or
        EventType.WorkflowExecutionUpdateCompleted => true,
        _ => false,
    };

    /// <summary>Whether the run ends with the event.</summary>
    /// <param name="e">Event.</param>
    /// <returns>True if so.</returns>
    internal static bool IsTerminal(this HistoryEvent e) => e.EventType is
        EventType.WorkflowExecutionCompleted or
        EventType.WorkflowExecutionFailed or
        EventType.WorkflowExecutionCanceled or
        EventType.WorkflowExecutionTimedOut or
        EventType.WorkflowExecutionTerminated or
        EventType.WorkflowExecutionContinuedAsNew;

    /// <summary>The event of the command that this event answers.</summary>
    /// <param name="e">Event.</param>
    /// <returns>Event id, or null if the event answers no command.</returns>
    internal static long? InitialEventId(this HistoryEvent e) => e.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.ActivityTaskStartedEventAttributes =>
            e.ActivityTaskStartedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes =>
            e.ActivityTaskCompletedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes =>
            e.ActivityTaskFailedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes =>
            e.ActivityTaskTimedOutEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes =>
            e.ActivityTaskCanceledEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.TimerFiredEventAttributes => e.TimerFiredEventAttributes.StartedEventId,
        HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionFailedEventAttributes =>
            e.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionStartedEventAttributes =>
            e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes =>
            e.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes =>
            e.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes =>
            e.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes =>
            e.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes =>
            e.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionFailedEventAttributes =>
            e.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionSignaledEventAttributes =>
            e.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.RequestCancelExternalWorkflowExecutionFailedEventAttributes =>
            e.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionCancelRequestedEventAttributes =>
            e.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.NexusOperationStartedEventAttributes =>
            e.NexusOperationStartedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.NexusOperationCompletedEventAttributes =>
            e.NexusOperationCompletedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.NexusOperationFailedEventAttributes =>
            e.NexusOperationFailedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.NexusOperationTimedOutEventAttributes =>
            e.NexusOperationTimedOutEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.NexusOperationCanceledEventAttributes =>
            e.NexusOperationCanceledEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.NexusOperationCancelRequestCompletedEventAttributes =>
            e.NexusOperationCancelRequestCompletedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.NexusOperationCancelRequestFailedEventAttributes =>
            e.NexusOperationCancelRequestFailedEventAttributes.ScheduledEventId,
        _ => null,
    };

    /// <summary>The event in a few words, for messages.</summary>
    /// <param name="e">Event.</param>
    /// <returns>Number and type, and the id or type that tells it from others of its kind.</returns>
    internal static string Describe(this HistoryEvent e)
    {
        var detail = e.AttributesCase switch
        {
            HistoryEvent.AttributesOneofCase.ActivityTaskScheduledEventAttributes =>
                $" of {e.ActivityTaskScheduledEventAttributes.ActivityType?.Name} with id {e.ActivityTaskScheduledEventAttributes.ActivityId}",
            HistoryEvent.AttributesOneofCase.TimerStartedEventAttributes =>
                $" with id {e.TimerStartedEventAttributes.TimerId}",
            HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionInitiatedEventAttributes =>
                $" of {e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowType?.Name} with id {e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowId}",
            HistoryEvent.AttributesOneofCase.MarkerRecordedEventAttributes =>
                $" named {e.MarkerRecordedEventAttributes.MarkerName}",
            _ => string.Empty,
        };
        return $"event {e.EventId} ({e.EventType}{detail})";
    }
}
