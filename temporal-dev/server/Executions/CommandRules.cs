using Temporalio.Api.Command.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// What a command must say, and what the server fills in where it does not (in place). The words are the real server's: workers' logs and tests know them.
/// </summary>
internal static partial class CommandRules
{
    private const string ReservedPrefix = "/_sys/";

    /// <summary>What is wrong with an activity command, or null; fills in timeouts and retry policy.</summary>
    public static string? Normalize(ScheduleActivityTaskCommandAttributes? command, ExecutionState state, Limits limits)
    {
        if (command is null)
            return "ScheduleActivityTaskCommandAttributes is not set on ScheduleActivityTaskCommand.";
        command.TaskQueue ??= new TaskQueue();
        if (Normalize(command.TaskQueue, "", limits) is { } queue)
            return queue;
        if (command.ActivityId.Length == 0)
            return "activityId is not set";
        if (command.ActivityType is not { Name.Length: > 0 })
            return "activityType is not set";
        command.RetryPolicy ??= new RetryPolicy();
        RetryRules.FillIn(command.RetryPolicy, limits);
        if (RetryRules.WhyNot(command.RetryPolicy) is { } retry)
            return retry;
        if (Length(command.ActivityId) > limits.IdLength)
            return $"activityId exceeds length limit. Length={Length(command.ActivityId)} Limit={limits.IdLength}";
        if (Length(command.ActivityType.Name) > limits.IdLength)
            return $"activityType exceeds length limit. Length={Length(command.ActivityType.Name)} Limit={limits.IdLength}";
        return WhyNot(command.Priority) is { } priority ? $"invalid priorities: {priority}" : Timeouts(command, Durations.Span(state.Started.WorkflowRunTimeout));
    }

    private static string? Timeouts(ScheduleActivityTaskCommandAttributes command, TimeSpan runTimeout)
    {
        if (Durations.WhyNot(command.ScheduleToCloseTimeout) is { } a)
            return $"invalid ScheduleToCloseTimeout: {a}";
        if (Durations.WhyNot(command.ScheduleToStartTimeout) is { } b)
            return $"invalid ScheduleToStartTimeout: {b}";
        if (Durations.WhyNot(command.StartToCloseTimeout) is { } c)
            return $"invalid StartToCloseTimeout: {c}";
        if (Durations.WhyNot(command.HeartbeatTimeout) is { } d)
            return $"invalid HeartbeatTimeout: {d}";
        var scheduleToClose = Durations.Span(command.ScheduleToCloseTimeout);
        var scheduleToStart = Durations.Span(command.ScheduleToStartTimeout);
        var startToClose = Durations.Span(command.StartToCloseTimeout);
        var heartbeat = Durations.Span(command.HeartbeatTimeout);
        if (scheduleToClose > TimeSpan.Zero)
        {
            scheduleToStart = Durations.Min(scheduleToStart, scheduleToClose);
            startToClose = Durations.Min(startToClose, scheduleToClose);
        }
        else if (startToClose > TimeSpan.Zero)
        {
            scheduleToClose = runTimeout;
            if (scheduleToStart == TimeSpan.Zero)
                scheduleToStart = runTimeout;
        }
        else
        {
            return $"a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. ActivityId={command.ActivityId} ActivityType={command.ActivityType.Name}";
        }

        if (runTimeout > TimeSpan.Zero)
        {
            scheduleToClose = Smaller(scheduleToClose, runTimeout);
            scheduleToStart = Smaller(scheduleToStart, runTimeout);
            startToClose = Smaller(startToClose, runTimeout);
            heartbeat = Smaller(heartbeat, runTimeout);
        }

        command.ScheduleToCloseTimeout = Durations.Of(scheduleToClose);
        command.ScheduleToStartTimeout = Durations.Of(scheduleToStart);
        command.StartToCloseTimeout = Durations.Of(startToClose);
        command.HeartbeatTimeout = Durations.Of(Smaller(heartbeat, startToClose));
        return null;
    }

    public static string? WhyNot(StartTimerCommandAttributes? command, Limits limits)
    {
        if (command is null)
            return "StartTimerCommandAttributes is not set on StartTimerCommand.";
        if (command.TimerId.Length == 0)
            return "TimerId is not set on StartTimerCommand.";
        if (Length(command.TimerId) > limits.IdLength)
            return $"TimerId on StartTimerCommand exceeds length limit. TimerId={command.TimerId} Length={Length(command.TimerId)} Limit={limits.IdLength}";
        return Durations.WhyNot(command.StartToFireTimeout) is { } timeout ? $"An invalid StartToFireTimeout is set on StartTimerCommand: {timeout}. TimerId={command.TimerId}" : null;
    }

    public static string? WhyNot(CancelTimerCommandAttributes? command, Limits limits)
    {
        if (command is null)
            return "CancelTimerCommandAttributes is not set on CancelTimerCommand.";
        if (command.TimerId.Length == 0)
            return "TimerId is not set on CancelTimerCommand.";
        return Length(command.TimerId) > limits.IdLength
            ? $"TimerId on CancelTimerCommand exceeds length limit. TimerId={command.TimerId} Length={Length(command.TimerId)} Limit={limits.IdLength}"
            : null;
    }

    public static string? WhyNot(RequestCancelActivityTaskCommandAttributes? command) =>
        command is null ? "RequestCancelActivityTaskCommandAttributes is not set on RequestCancelActivityTaskCommand."
        : command.ScheduledEventId <= 0 ? "ScheduledEventId is not set on RequestCancelActivityTaskCommand."
        : null;

    public static string? WhyNot(RecordMarkerCommandAttributes? command, Limits limits)
    {
        if (command is null)
            return "RecordMarkerCommandAttributes is not set on RecordMarkerCommand.";
        if (command.MarkerName.Length == 0)
            return "MarkerName is not set on RecordMarkerCommand.";
        return Length(command.MarkerName) > limits.IdLength
            ? $"MarkerName on RecordMarkerCommand exceeds length limit. MarkerName={command.MarkerName} Length={Length(command.MarkerName)} Limit={limits.IdLength}"
            : null;
    }

    public static string? WhyNot(ModifyWorkflowPropertiesCommandAttributes? command) =>
        command is null ? "ModifyWorkflowPropertiesCommandAttributes is not set on ModifyWorkflowPropertiesCommand."
        : command.UpsertedMemo is null ? "UpsertedMemo is not set on ModifyWorkflowPropertiesCommand."
        : command.UpsertedMemo.Fields.Count == 0 ? "UpsertedMemo.Fields is not set on ModifyWorkflowPropertiesCommand."
        : null;

    public static string? WhyNot(UpsertWorkflowSearchAttributesCommandAttributes? command) =>
        command is null ? "UpsertWorkflowSearchAttributesCommandAttributes is not set on UpsertWorkflowSearchAttributesCommand."
        : command.SearchAttributes is null ? "SearchAttributes is not set on UpsertWorkflowSearchAttributesCommand."
        : command.SearchAttributes.IndexedFields.Count == 0 ? "IndexedFields is not set on UpsertWorkflowSearchAttributesCommand."
        : null;

    public static string? WhyNot(FailWorkflowExecutionCommandAttributes? command) =>
        command is null ? "FailWorkflowExecutionCommandAttributes is not set on FailWorkflowExecutionCommand."
        : command.Failure is null ? "Failure is not set on FailWorkflowExecutionCommand."
        : null;

    public static string? WhyNot(Priority? priority)
    {
        if (priority is null)
            return null;
        if (priority.PriorityKey < 0)
            return "priority key can't be negative";
        return Length(priority.FairnessKey) > 64 ? "fairness key length exceeds limit" : null;
    }

    /// <summary>What is wrong with a queue, or null; fills in name and kind.</summary>
    public static string? Normalize(TaskQueue queue, string defaultName, Limits limits)
    {
        if (queue.Name.Length == 0)
        {
            if (defaultName.Length == 0)
                return "missing task queue name";
            queue.Name = defaultName;
        }

        if (queue.Kind == TaskQueueKind.Unspecified)
            queue.Kind = TaskQueueKind.Normal;
        if (Length(queue.Name) > limits.IdLength)
            return "taskQueue length exceeds limit";
        return queue.Name.StartsWith(ReservedPrefix, StringComparison.Ordinal) ? $"task queue name cannot start with reserved prefix {ReservedPrefix}" : null;
    }

    /// <summary>Bytes as UTF-8, which is what the real server limits.</summary>
    public static int Length(string text) => System.Text.Encoding.UTF8.GetByteCount(text);

    /// <summary>How long a run may take: never longer than the whole execution. 0 is without limit.</summary>
    public static TimeSpan RunTimeout(TimeSpan run, TimeSpan execution) => Durations.Min(run, execution);

    /// <summary>How long one workflow task may take.</summary>
    public static TimeSpan TaskTimeout(TimeSpan task, TimeSpan run, Limits limits)
    {
        var timeout = task == TimeSpan.Zero ? limits.WorkflowTaskTimeout : task;
        timeout = Smaller(timeout, limits.MaxWorkflowTaskTimeout);
        return run == TimeSpan.Zero ? timeout : Smaller(timeout, run);
    }

    private static TimeSpan Smaller(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
