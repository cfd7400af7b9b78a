using Temporalio.Api.Command.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// What a command must say, and what the server fills in where it does not (in place). The words are the real server's: workers' logs and tests know them.
/// </summary>
internal static class CommandRules
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

    /// <summary>What is wrong with a child command, or null; fills in queue, timeouts and retry policy.</summary>
    public static string? Normalize(StartChildWorkflowExecutionCommandAttributes? command, ExecutionState state, TransitionContext context)
    {
        if (command is null)
            return "StartChildWorkflowExecutionCommandAttributes is not set on StartChildWorkflowExecutionCommand.";
        var limits = context.Limits;
        var type = command.WorkflowType?.Name ?? "";
        if (command.Namespace.Length == 0)
            command.Namespace = context.Namespace.Name;
        var ns = command.Namespace;
        if (WhyNotNamespace(ns, context) is { } foreign)
            return foreign;
        if (command.WorkflowId.Length == 0)
            return $"Required field WorkflowId is not set on StartChildWorkflowExecutionCommand. WorkflowType={type} Namespace={ns}";
        if (type.Length == 0)
            return $"Required field WorkflowType is not set on StartChildWorkflowExecutionCommand. WorkflowId={command.WorkflowId} Namespace={ns}";
        if (Length(command.WorkflowId) > limits.IdLength)
            return $"WorkflowId on StartChildWorkflowExecutionCommand exceeds length limit. WorkflowId={command.WorkflowId} Length={Length(command.WorkflowId)} Limit={limits.IdLength} WorkflowType={type} Namespace={ns}";
        if (Length(type) > limits.IdLength)
            return $"WorkflowType on StartChildWorkflowExecutionCommand exceeds length limit. WorkflowId={command.WorkflowId} WorkflowType={type} Length={Length(type)} Limit={limits.IdLength} Namespace={ns}";
        var where = $"WorkflowId={command.WorkflowId} WorkflowType={type} Namespace={ns}";
        if (Durations.WhyNot(command.WorkflowExecutionTimeout) is { } execution)
            return $"Invalid WorkflowExecutionTimeout on StartChildWorkflowExecutionCommand: {execution}. {where}";
        if (Durations.WhyNot(command.WorkflowRunTimeout) is { } run)
            return $"Invalid WorkflowRunTimeout on StartChildWorkflowExecutionCommand: {run}. {where}";
        if (Durations.WhyNot(command.WorkflowTaskTimeout) is { } task)
            return $"Invalid WorkflowTaskTimeout on StartChildWorkflowExecutionCommand: {task}. {where}";
        if (Normalize(command.RetryPolicy, limits) is { } retry)
            return $"invalid WorkflowRetryPolicy on StartChildWorkflowExecutionCommand: {retry}. {where}";
        if (CronSchedule.WhyNot(command.CronSchedule) is { } cron)
            return $"invalid CronSchedule on StartChildWorkflowExecutionCommand: {cron}. {where}";
        if (WhyNot(command.Priority) is { } priority)
            return priority;
        command.TaskQueue ??= new TaskQueue();
        if (Normalize(command.TaskQueue, state.TaskQueue, limits) is { } queue)
            return $"invalid TaskQueue on StartChildWorkflowExecutionCommand: {queue}. {where} TaskQueue={command.TaskQueue}";
        var runTimeout = RunTimeout(Durations.Span(command.WorkflowRunTimeout), Durations.Span(command.WorkflowExecutionTimeout));
        command.WorkflowRunTimeout = Durations.Of(runTimeout);
        command.WorkflowTaskTimeout = Durations.Of(TaskTimeout(Durations.Span(command.WorkflowTaskTimeout), runTimeout, limits));
        return null;
    }

    /// <summary>What is wrong with a continue-as-new command, or null; fills in what the next run inherits.</summary>
    public static string? Normalize(ContinueAsNewWorkflowExecutionCommandAttributes? command, ExecutionState state, Limits limits)
    {
        if (command is null)
            return "ContinueAsNewWorkflowExecutionCommandAttributes is not set on ContinueAsNewWorkflowExecutionCommand.";
        if (command.WorkflowType is not { Name.Length: > 0 })
            command.WorkflowType = new WorkflowType { Name = state.Started.WorkflowType.Name };
        var type = command.WorkflowType.Name;
        if (Length(type) > limits.IdLength)
            return $"WorkflowType on ContinueAsNewWorkflowExecutionCommand exceeds length limit. WorkflowType={type} Length={Length(type)} Limit={limits.IdLength}";
        command.TaskQueue ??= new TaskQueue();
        if (Normalize(command.TaskQueue, state.TaskQueue, limits) is { } queue)
            return $"error validating ContinueAsNewWorkflowExecutionCommand TaskQueue: {queue}. WorkflowType={type} TaskQueue={command.TaskQueue}";
        var where = $"WorkflowType={type} TaskQueue={command.TaskQueue}";
        if (Durations.WhyNot(command.WorkflowRunTimeout) is { } run)
            return $"Invalid WorkflowRunTimeout on ContinueAsNewWorkflowExecutionCommand: {run}. {where}";
        if (Durations.WhyNot(command.WorkflowTaskTimeout) is { } task)
            return $"Invalid WorkflowTaskTimeout on ContinueAsNewWorkflowExecutionCommand: {task}. {where}";
        if (Durations.WhyNot(command.BackoffStartInterval) is { } backoff)
            return $"Invalid BackoffStartInterval on ContinueAsNewWorkflowExecutionCommand: {backoff}. {where}";
        var runTimeout = Durations.Span(command.WorkflowRunTimeout);
        if (runTimeout == TimeSpan.Zero)
            runTimeout = Durations.Span(state.Started.WorkflowRunTimeout);
        var taskTimeout = Durations.Span(command.WorkflowTaskTimeout);
        if (taskTimeout == TimeSpan.Zero)
            taskTimeout = Durations.Span(state.Started.WorkflowTaskTimeout);
        runTimeout = RunTimeout(runTimeout, Durations.Span(state.Started.WorkflowExecutionTimeout));
        command.WorkflowRunTimeout = Durations.Of(runTimeout);
        command.WorkflowTaskTimeout = Durations.Of(TaskTimeout(taskTimeout, runTimeout, limits));
        return Normalize(command.RetryPolicy, limits) is { } retry ? $"invalid WorkflowRetryPolicy on ContinueAsNewWorkflowExecutionCommand: {retry}. {where}" : null;
    }

    public static string? WhyNot(SignalExternalWorkflowExecutionCommandAttributes? command, TransitionContext context)
    {
        if (command is null)
            return "SignalExternalWorkflowExecutionCommandAttributes is not set on SignalExternalWorkflowExecutionCommand.";
        if (command.Execution is null)
            return "Execution is not set on SignalExternalWorkflowExecutionCommand.";
        var (ns, id, run, signal) = (command.Namespace, command.Execution.WorkflowId, command.Execution.RunId, command.SignalName);
        if (WhyNotNamespace(ns, context) is { } foreign)
            return foreign;
        if (id.Length == 0)
            return $"WorkflowId is not set on SignalExternalWorkflowExecutionCommand. Namespace={ns} RunId={run} SignalName={signal}";
        if (Length(id) > context.Limits.IdLength)
            return $"WorkflowId on SignalExternalWorkflowExecutionCommand exceeds length limit. WorkflowId={id} Length={Length(id)} Limit={context.Limits.IdLength} Namespace={ns} RunId={run} SignalName={signal}";
        if (run.Length > 0 && !Guid.TryParse(run, out _))
            return $"Invalid RunId set on SignalExternalWorkflowExecutionCommand. WorkflowId={id} Namespace={ns} RunId={run} SignalName={signal}";
        return signal.Length == 0 ? $"SignalName is not set on SignalExternalWorkflowExecutionCommand. WorkflowId={id} Namespace={ns} RunId={run}" : null;
    }

    public static string? WhyNot(RequestCancelExternalWorkflowExecutionCommandAttributes? command, IReadOnlySet<string> startedHere, TransitionContext context)
    {
        if (command is null)
            return "RequestCancelExternalWorkflowExecutionCommandAttributes is not set on RequestCancelExternalWorkflowExecutionCommand.";
        var (ns, id, run) = (command.Namespace, command.WorkflowId, command.RunId);
        if (WhyNotNamespace(ns, context) is { } foreign)
            return foreign;
        if (id.Length == 0)
            return $"WorkflowId is not set on RequestCancelExternalWorkflowExecutionCommand. Namespace={ns} RunId={run}";
        if (Length(id) > context.Limits.IdLength)
            return $"WorkflowId on RequestCancelExternalWorkflowExecutionCommand exceeds length limit. WorkflowId={id} Length={Length(id)} Limit={context.Limits.IdLength} RunId={run} Namespace={ns}";
        if (run.Length > 0 && !Guid.TryParse(run, out _))
            return $"Invalid RunId set on RequestCancelExternalWorkflowExecutionCommand. WorkflowId={id} RunId={run} Namespace={ns}";
        return startedHere.Contains(id)
            ? $"Start and RequestCancel for child workflow is not allowed in same workflow task. WorkflowId={id} RunId={run} Namespace={ns}"
            : null;
    }

    /// <summary>Other namespaces are out of bounds, as on a real server that is not told otherwise.</summary>
    private static string? WhyNotNamespace(string ns, TransitionContext context) =>
        ns.Length > 0 && ns != context.Namespace.Name ? "cross namespace commands are not allowed" : null;

    private static string? Normalize(RetryPolicy? policy, Limits limits)
    {
        if (policy is null)
            return null;
        RetryRules.FillIn(policy, limits);
        return RetryRules.WhyNot(policy);
    }
}
