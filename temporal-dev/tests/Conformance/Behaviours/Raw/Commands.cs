using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>Commands as a worker sends them.</summary>
internal static class Commands
{
    /// <summary>A value as the default converter writes it.</summary>
    public static Payloads Payloads(object? value) => new() { Payloads_ = { Payload(value) } };

    /// <summary>A value as the default converter writes it.</summary>
    public static Payload Payload(object? value) => DataConverter.Default.PayloadConverter.ToPayload(value);

    /// <summary>Seconds as the protocol has them.</summary>
    public static Duration Seconds(double seconds) => Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds));

    /// <summary>A failure of an application.</summary>
    public static Api.Failure.V1.Failure Failure(string message, bool nonRetryable = false, Duration? nextRetry = null) => new()
    {
        Message = message,
        ApplicationFailureInfo = new() { Type = "Broken", NonRetryable = nonRetryable, NextRetryDelay = nextRetry },
    };

    public static Command Complete(object? result = null) => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new() { Result = Payloads(result) },
    };

    public static Command Fail(string message, bool nonRetryable = false) => new()
    {
        CommandType = CommandType.FailWorkflowExecution,
        FailWorkflowExecutionCommandAttributes = new() { Failure = Failure(message, nonRetryable) },
    };

    public static Command CancelWorkflow() => new()
    {
        CommandType = CommandType.CancelWorkflowExecution,
        CancelWorkflowExecutionCommandAttributes = new() { Details = Payloads("undone") },
    };

    public static Command StartTimer(string id, double seconds) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = id, StartToFireTimeout = Seconds(seconds) },
    };

    public static Command CancelTimer(string id) => new()
    {
        CommandType = CommandType.CancelTimer,
        CancelTimerCommandAttributes = new() { TimerId = id },
    };

    public static Command ScheduleActivity(string queue, string id, Action<ScheduleActivityTaskCommandAttributes>? change = null)
    {
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = id,
            ActivityType = new() { Name = "Act" },
            TaskQueue = new() { Name = queue },
            Input = Payloads("input"),
            StartToCloseTimeout = Seconds(60),
        };
        change?.Invoke(attributes);
        return new() { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = attributes };
    }

    public static Command CancelActivity(long scheduledEventId) => new()
    {
        CommandType = CommandType.RequestCancelActivityTask,
        RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = scheduledEventId },
    };

    public static Command StartChild(string queue, string id, Action<StartChildWorkflowExecutionCommandAttributes>? change = null)
    {
        var attributes = new StartChildWorkflowExecutionCommandAttributes
        {
            WorkflowId = id, WorkflowType = new() { Name = "Child" }, TaskQueue = new() { Name = queue }, Input = Payloads("for the child"),
        };
        change?.Invoke(attributes);
        return new() { CommandType = CommandType.StartChildWorkflowExecution, StartChildWorkflowExecutionCommandAttributes = attributes };
    }

    public static Command SignalExternal(string workflowId, string signal) => new()
    {
        CommandType = CommandType.SignalExternalWorkflowExecution,
        SignalExternalWorkflowExecutionCommandAttributes = new() { Execution = new() { WorkflowId = workflowId }, SignalName = signal, Input = Payloads(1) },
    };

    public static Command CancelExternal(string workflowId) => new()
    {
        CommandType = CommandType.RequestCancelExternalWorkflowExecution,
        RequestCancelExternalWorkflowExecutionCommandAttributes = new() { WorkflowId = workflowId, Reason = "told to" },
    };

    public static Command ContinueAsNew(string queue, Action<ContinueAsNewWorkflowExecutionCommandAttributes>? change = null)
    {
        var attributes = new ContinueAsNewWorkflowExecutionCommandAttributes
        {
            WorkflowType = new() { Name = "Raw" }, TaskQueue = new() { Name = queue }, Input = Payloads("next"),
        };
        change?.Invoke(attributes);
        return new() { CommandType = CommandType.ContinueAsNewWorkflowExecution, ContinueAsNewWorkflowExecutionCommandAttributes = attributes };
    }

    public static Command Marker(string name) => new()
    {
        CommandType = CommandType.RecordMarker,
        RecordMarkerCommandAttributes = new() { MarkerName = name, Details = { ["data"] = Payloads(7) } },
    };

    public static Command Upsert(string name, object? value) => new()
    {
        CommandType = CommandType.UpsertWorkflowSearchAttributes,
        UpsertWorkflowSearchAttributesCommandAttributes = new() { SearchAttributes = new() { IndexedFields = { [name] = Payload(value) } } },
    };

    public static Command Memo(string name, object? value) => new()
    {
        CommandType = CommandType.ModifyWorkflowProperties,
        ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = new() { Fields = { [name] = Payload(value) } } },
    };

    /// <summary>The command that carries a message of the update protocol.</summary>
    public static Command Message(string id) => new()
    {
        CommandType = CommandType.ProtocolMessage,
        ProtocolMessageCommandAttributes = new() { MessageId = id },
    };
}
