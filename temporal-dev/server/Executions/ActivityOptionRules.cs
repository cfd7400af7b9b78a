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
        // Paths are written as in JSON or as in protobuf.
        var name = path.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        if (name is "TASKQUEUE" or "TASKQUEUE.NAME")
            merged.TaskQueue = new TaskQueue { Name = wanted.TaskQueue?.Name ?? "" };
        else if (name is "RETRYPOLICY")
            (merged.RetryPolicy ??= new RetryPolicy()).MergeFrom(wanted.RetryPolicy ?? new RetryPolicy());
        else if (name is "SCHEDULETOCLOSETIMEOUT" or "SCHEDULETOSTARTTIMEOUT" or "STARTTOCLOSETIMEOUT" or "HEARTBEATTIMEOUT" or "PRIORITY")
            Copy(wanted, merged, name);
        else if (name is "RETRYPOLICY.INITIALINTERVAL" or "RETRYPOLICY.BACKOFFCOEFFICIENT" or "RETRYPOLICY.MAXIMUMINTERVAL" or "RETRYPOLICY.MAXIMUMATTEMPTS")
            Copy(wanted.RetryPolicy ?? new RetryPolicy(), merged.RetryPolicy ??= new RetryPolicy(), name["RETRYPOLICY.".Length..]);
        else
            throw RpcRefusal.InvalidArgument($"error applying mask: field {path} is not supported");
    }

    private static void Copy(IMessage from, IMessage to, string name)
    {
        var field = to.Descriptor.Fields.InDeclarationOrder().Single(f => f.Name.Replace("_", "", StringComparison.Ordinal).Equals(name, StringComparison.OrdinalIgnoreCase));
        field.Accessor.SetValue(to, field.Accessor.GetValue(from));
    }
}
