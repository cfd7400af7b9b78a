using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>Options of an activity that an operator changes: which fields a mask may name, and what is refused.</summary>
internal static class ActivityOptionRules
{
    /// <summary>The options with the masked fields replaced.</summary>
    /// <exception cref="RpcRefusal">The mask names an unknown field, or the result is invalid.</exception>
    public static ActivityOptions Merge(ActivityOptions current, ActivityOptions? wanted, FieldMask? mask, Limits limits)
    {
        wanted ??= new ActivityOptions();
        var merged = current.Clone();
        foreach (var path in mask?.Paths ?? [])
            Set(merged, wanted, path);
        if (Durations.Span(merged.ScheduleToCloseTimeout) == TimeSpan.Zero && Durations.Span(merged.StartToCloseTimeout) == TimeSpan.Zero)
            throw RpcRefusal.InvalidArgument("a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity");
        foreach (var duration in new[] { merged.ScheduleToCloseTimeout, merged.ScheduleToStartTimeout, merged.StartToCloseTimeout, merged.HeartbeatTimeout })
        {
            if (Durations.WhyNot(duration) is { } wrong)
                throw RpcRefusal.InvalidArgument($"invalid timeout: {wrong}");
        }

        merged.RetryPolicy ??= new RetryPolicy();
        RetryRules.FillIn(merged.RetryPolicy, limits);
        if (RetryRules.WhyNot(merged.RetryPolicy) is { } retry)
            throw RpcRefusal.InvalidArgument(retry);
        return CommandRules.Normalize(merged.TaskQueue ??= new TaskQueue(), "", limits) is { } queue ? throw RpcRefusal.InvalidArgument(queue) : merged;
    }

    private static void Set(ActivityOptions merged, ActivityOptions wanted, string path)
    {
        switch (path.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant())
        {
            case "TASKQUEUE" or "TASKQUEUE.NAME":
                merged.TaskQueue = new TaskQueue { Name = wanted.TaskQueue?.Name ?? "" };
                break;
            case "SCHEDULETOCLOSETIMEOUT":
                merged.ScheduleToCloseTimeout = wanted.ScheduleToCloseTimeout;
                break;
            case "SCHEDULETOSTARTTIMEOUT":
                merged.ScheduleToStartTimeout = wanted.ScheduleToStartTimeout;
                break;
            case "STARTTOCLOSETIMEOUT":
                merged.StartToCloseTimeout = wanted.StartToCloseTimeout;
                break;
            case "HEARTBEATTIMEOUT":
                merged.HeartbeatTimeout = wanted.HeartbeatTimeout;
                break;
            case "PRIORITY":
                merged.Priority = wanted.Priority;
                break;
            default:
                SetRetry(merged.RetryPolicy ??= new RetryPolicy(), wanted.RetryPolicy ?? new RetryPolicy(), path);
                break;
        }
    }

    private static void SetRetry(RetryPolicy merged, RetryPolicy wanted, string path)
    {
        switch (path.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant())
        {
            case "RETRYPOLICY":
                merged.MergeFrom(wanted);
                break;
            case "RETRYPOLICY.INITIALINTERVAL":
                merged.InitialInterval = wanted.InitialInterval;
                break;
            case "RETRYPOLICY.BACKOFFCOEFFICIENT":
                merged.BackoffCoefficient = wanted.BackoffCoefficient;
                break;
            case "RETRYPOLICY.MAXIMUMINTERVAL":
                merged.MaximumInterval = wanted.MaximumInterval;
                break;
            case "RETRYPOLICY.MAXIMUMATTEMPTS":
                merged.MaximumAttempts = wanted.MaximumAttempts;
                break;
            default:
                throw RpcRefusal.InvalidArgument($"error applying mask: field {path} is not supported");
        }
    }
}
