using Temporalio.Api.Command.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Temporalio.DevServer.Executions;

// Commands that reach beyond the run: children, continue-as-new, other executions.
internal static partial class CommandRules
{
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
