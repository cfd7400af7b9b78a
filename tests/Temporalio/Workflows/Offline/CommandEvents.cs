using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.InTree.Tests.Workflows.Offline;

/// <summary>Writes the event that records a command, as the server would.</summary>
internal static class CommandEvents
{
    public static void Add(
        OfflineWorkflow workflow,
        Command command,
        Dictionary<string, long> commandEventIds,
        IReadOnlyList<Message> answers,
        Dictionary<string, Request> updates)
    {
        switch (command.CommandType)
        {
            case CommandType.StartTimer:
                var timer = command.StartTimerCommandAttributes;
                commandEventIds[$"timer {timer.TimerId}"] = workflow.Add(EventType.TimerStarted, e =>
                    e.TimerStartedEventAttributes = new() { TimerId = timer.TimerId, StartToFireTimeout = timer.StartToFireTimeout }).EventId;
                break;
            case CommandType.CancelTimer:
                var canceled = command.CancelTimerCommandAttributes.TimerId;
                workflow.Add(EventType.TimerCanceled, e => e.TimerCanceledEventAttributes = new()
                {
                    TimerId = canceled,
                    StartedEventId = commandEventIds[$"timer {canceled}"],
                });
                break;
            case CommandType.ScheduleActivityTask:
                var activity = command.ScheduleActivityTaskCommandAttributes;
                commandEventIds[$"activity {activity.ActivityId}"] = workflow.Add(EventType.ActivityTaskScheduled, e =>
                    e.ActivityTaskScheduledEventAttributes = new() { ActivityId = activity.ActivityId, ActivityType = activity.ActivityType }).EventId;
                break;
            case CommandType.RequestCancelActivityTask:
                workflow.Add(EventType.ActivityTaskCancelRequested, e => e.ActivityTaskCancelRequestedEventAttributes = new()
                {
                    ScheduledEventId = command.RequestCancelActivityTaskCommandAttributes.ScheduledEventId,
                });
                break;
            case CommandType.RecordMarker:
                var marker = command.RecordMarkerCommandAttributes;
                workflow.Add(EventType.MarkerRecorded, e =>
                {
                    e.MarkerRecordedEventAttributes = new() { MarkerName = marker.MarkerName, Failure = marker.Failure };
                    e.MarkerRecordedEventAttributes.Details.Add(marker.Details);
                });
                break;
            case CommandType.UpsertWorkflowSearchAttributes:
                workflow.Add(EventType.UpsertWorkflowSearchAttributes, e => e.UpsertWorkflowSearchAttributesEventAttributes = new()
                {
                    SearchAttributes = command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes,
                });
                break;
            case CommandType.ProtocolMessage:
                AddUpdateEvent(workflow, answers.Single(m => m.Id == command.ProtocolMessageCommandAttributes.MessageId), updates);
                break;
            default:
                AddEnd(workflow, command);
                break;
        }
    }

    private static void AddUpdateEvent(OfflineWorkflow workflow, Message message, Dictionary<string, Request> updates)
    {
        if (message.Body.TryUnpack<Acceptance>(out var acceptance))
        {
            workflow.Add(EventType.WorkflowExecutionUpdateAccepted, e => e.WorkflowExecutionUpdateAcceptedEventAttributes = new()
            {
                ProtocolInstanceId = message.ProtocolInstanceId,
                AcceptedRequestMessageId = acceptance.AcceptedRequestMessageId,
                AcceptedRequestSequencingEventId = acceptance.AcceptedRequestSequencingEventId,
                AcceptedRequest = updates[message.ProtocolInstanceId],
            });
            return;
        }
        var response = message.Body.Unpack<Response>();
        workflow.Add(EventType.WorkflowExecutionUpdateCompleted, e => e.WorkflowExecutionUpdateCompletedEventAttributes = new()
        {
            Meta = response.Meta,
            Outcome = response.Outcome,
        });
    }

    private static void AddEnd(OfflineWorkflow workflow, Command command)
    {
        switch (command.CommandType)
        {
            case CommandType.CompleteWorkflowExecution:
                workflow.Add(EventType.WorkflowExecutionCompleted, e => e.WorkflowExecutionCompletedEventAttributes = new()
                {
                    Result = command.CompleteWorkflowExecutionCommandAttributes.Result,
                });
                break;
            case CommandType.FailWorkflowExecution:
                workflow.Add(EventType.WorkflowExecutionFailed, e => e.WorkflowExecutionFailedEventAttributes = new()
                {
                    Failure = command.FailWorkflowExecutionCommandAttributes.Failure,
                });
                break;
            case CommandType.CancelWorkflowExecution:
                workflow.Add(EventType.WorkflowExecutionCanceled, e => e.WorkflowExecutionCanceledEventAttributes = new());
                break;
            case CommandType.ContinueAsNewWorkflowExecution:
                workflow.Add(EventType.WorkflowExecutionContinuedAsNew, e => e.WorkflowExecutionContinuedAsNewEventAttributes = new()
                {
                    WorkflowType = command.ContinueAsNewWorkflowExecutionCommandAttributes.WorkflowType,
                });
                break;
            default:
                throw new InvalidOperationException($"The offline server does not know {command.CommandType}");
        }
    }
}
