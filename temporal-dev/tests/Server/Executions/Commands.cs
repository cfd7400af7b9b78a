using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

/// <summary>Commands as workers send them.</summary>
internal static class Commands
{
    public static Command Activity(string id = "a", Action<ScheduleActivityTaskCommandAttributes>? change = null)
    {
        var command = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = id,
            ActivityType = new ActivityType { Name = "Step" },
            TaskQueue = new() { Name = Scenario.Queue },
            StartToCloseTimeout = Seconds(30),
        };
        change?.Invoke(command);
        return new Command { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = command };
    }

    public static Command CancelActivity(long scheduledEventId) => new()
    {
        CommandType = CommandType.RequestCancelActivityTask,
        RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = scheduledEventId },
    };

    public static Command Timer(string id = "t", int seconds = 10) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = id, StartToFireTimeout = Seconds(seconds) },
    };

    public static Command CancelTimer(string id = "t") => new() { CommandType = CommandType.CancelTimer, CancelTimerCommandAttributes = new() { TimerId = id } };

    public static Command Complete(string result = "done") => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new() { Result = PayloadFacts.Text(result) },
    };

    public static Command Fail(string type = "Wrong") => new()
    {
        CommandType = CommandType.FailWorkflowExecution,
        FailWorkflowExecutionCommandAttributes = new() { Failure = Failure(type) },
    };

    public static Command Cancel() => new() { CommandType = CommandType.CancelWorkflowExecution, CancelWorkflowExecutionCommandAttributes = new() };

    public static Command ContinueAsNew() => new()
    {
        CommandType = CommandType.ContinueAsNewWorkflowExecution,
        ContinueAsNewWorkflowExecutionCommandAttributes = new() { Input = PayloadFacts.Text("next") },
    };

    public static Command Marker(string name = "m") => new() { CommandType = CommandType.RecordMarker, RecordMarkerCommandAttributes = new() { MarkerName = name } };

    public static Command Child(string workflowId = "child", ParentClosePolicy policy = ParentClosePolicy.Unspecified) => new()
    {
        CommandType = CommandType.StartChildWorkflowExecution,
        StartChildWorkflowExecutionCommandAttributes = new() { WorkflowId = workflowId, WorkflowType = new WorkflowType { Name = "Child" }, ParentClosePolicy = policy },
    };

    public static Command Signal(string workflowId = "other") => new()
    {
        CommandType = CommandType.SignalExternalWorkflowExecution,
        SignalExternalWorkflowExecutionCommandAttributes = new() { Execution = new WorkflowExecution { WorkflowId = workflowId }, SignalName = "s" },
    };

    public static Command CancelOther(string workflowId = "other") => new()
    {
        CommandType = CommandType.RequestCancelExternalWorkflowExecution,
        RequestCancelExternalWorkflowExecutionCommandAttributes = new() { WorkflowId = workflowId },
    };

    public static Command Memo(string key, Payload value) => new()
    {
        CommandType = CommandType.ModifyWorkflowProperties,
        ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = new Memo { Fields = { [key] = value } } },
    };

    public static Command Attribute(string name, Payload value) => new()
    {
        CommandType = CommandType.UpsertWorkflowSearchAttributes,
        UpsertWorkflowSearchAttributesCommandAttributes = new() { SearchAttributes = new SearchAttributes { IndexedFields = { [name] = value } } },
    };

    public static Command Message(string id) => new() { CommandType = CommandType.ProtocolMessage, ProtocolMessageCommandAttributes = new() { MessageId = id } };

    public static Failure Failure(string type = "Wrong", bool nonRetryable = false) => new()
    {
        Message = "it went wrong",
        ApplicationFailureInfo = new ApplicationFailureInfo { Type = type, NonRetryable = nonRetryable },
    };

    public static Duration Seconds(int seconds) => Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds));

    public static Payload Json(string text) => PayloadFacts.Text(text).Payloads_[0];
}
