using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.TaskQueue.V1;

namespace Temporalio.DevServer.Frontend;

/// <summary>What requests have in common that can be wrong with them, in the real server's words (temporalio/temporal, service/frontend).</summary>
internal static class RequestCheck
{
    /// <summary>The longest duration that times can be added to without leaving the calendar.</summary>
    private const long MaxSeconds = 100L * 366 * 24 * 3600;

    /// <summary>An execution that a request names: its workflow id is there, its run id, if any, is a UUID.</summary>
    public static WorkflowExecution Execution(WorkflowExecution? execution)
    {
        if (execution is null)
            throw RpcRefusal.InvalidArgument("Execution is not set on request.");
        WorkflowId(execution.WorkflowId);
        RunId(execution.RunId);
        return execution;
    }

    public static void WorkflowId(string workflowId)
    {
        if (workflowId.Length == 0)
            throw RpcRefusal.InvalidArgument("WorkflowId is not set on request.");
        Length(workflowId, "WorkflowId");
    }

    /// <summary>Empty or a UUID. Upper case is a UUID that names no run of this server.</summary>
    public static void RunId(string runId)
    {
        if (runId.Length > 0 && !Guid.TryParse(runId, out _))
            throw RpcRefusal.InvalidArgument("Invalid RunId.");
    }

    public static void WorkflowType(WorkflowType? type)
    {
        if (type is null || type.Name.Length == 0)
            throw RpcRefusal.InvalidArgument("WorkflowType is not set on request.");
        Length(type.Name, "WorkflowType");
    }

    public static TaskQueue Queue(TaskQueue? queue)
    {
        if (queue is null || queue.Name.Length == 0)
            throw RpcRefusal.InvalidArgument("taskQueue is not set");
        Length(queue.Name, "taskQueue");
        if (queue.Name.StartsWith("/_sys/", StringComparison.Ordinal))
            throw RpcRefusal.InvalidArgument("task queue name cannot start with reserved prefix /_sys/");
        return queue;
    }

    /// <summary>A text that is kept: not longer than ids may be, and one that the store can hold.</summary>
    public static void Length(string text, string name)
    {
        if (text.Length > Limits.Default.IdLength)
            throw RpcRefusal.InvalidArgument($"{name} exceeds maximum allowed length ({text.Length}/{Limits.Default.IdLength})");
        if (!StorableText.IsStorable(text))
            throw RpcRefusal.InvalidArgument($"{name} \"{text.Replace('\0', '?')}\" is not a valid UTF-8 string");
    }

    /// <summary>A duration that is not negative and not beyond all calendars.</summary>
    /// <param name="duration">The duration, or null for none.</param>
    /// <param name="name">How the refusal calls it.</param>
    public static TimeSpan Timeout(Duration? duration, string name) => Span(duration, problem => $"An invalid {name} is set on request. cause: {problem}");

    /// <summary>A duration that is not negative and not beyond all calendars.</summary>
    /// <param name="duration">The duration, or null for none.</param>
    /// <param name="refusal">The refusal's text, from what is wrong.</param>
    public static TimeSpan Span(Duration? duration, Func<string, string> refusal)
    {
        if (duration is null)
            return TimeSpan.Zero;
        if (duration.Seconds < 0 || duration.Nanos < 0)
            throw RpcRefusal.InvalidArgument(refusal("negative duration"));
        if (duration.Nanos > 999_999_999)
            throw RpcRefusal.InvalidArgument(refusal("nanos out of range"));
        return TimeSpan.FromTicks((Math.Min(duration.Seconds, MaxSeconds) * TimeSpan.TicksPerSecond) + (duration.Nanos / 100));
    }
}
