using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Schedules;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Frontend;

/// <summary>What can be wrong with a schedule, in the real server's words.</summary>
internal static class ScheduleCheck
{
    /// <summary>The real server keeps a schedule as a workflow of this id, and says so where one is not found.</summary>
    private const string WorkflowIdPrefix = "temporal-sys-scheduler:";

    public static RpcRefusal NotFound(string scheduleId) => RpcRefusal.NotFound($"workflow not found for ID: {WorkflowIdPrefix}{(scheduleId.Length <= Limits.Default.IdLength ? scheduleId : "…")}");

    public static void RequestId(string requestId)
    {
        if (requestId.Length == 0)
            throw RpcRefusal.InvalidArgument("RequestId is not set on request.");
        RequestCheck.Length(requestId, "RequestId");
    }

    public static void Id(string scheduleId)
    {
        if (scheduleId.Length == 0)
            throw RpcRefusal.InvalidArgument("ScheduleId is not set on request.");
        IdLength(WorkflowIdPrefix + scheduleId);
        RequestCheck.Length(scheduleId, "ScheduleId");
    }

    /// <summary>Checks a schedule and fills in what it leaves open.</summary>
    public static Schedule Complete(Schedule? given, NamespaceEntry entry)
    {
        var schedule = Scheduler.WithDefaults(given);
        Notes(schedule.State.Notes);
        if (schedule.State.RemainingActions < 0)
            throw RpcRefusal.InvalidArgument("RemainingActions cannot be negative.");
        if (schedule.Action.StartWorkflow is { } action)
            Action(action, entry);
        return schedule;
    }

    public static void Patch(SchedulePatch? patch)
    {
        if (patch is null)
            return;
        Notes(patch.Pause);
        Notes(patch.Unpause);
        if (patch.TriggerImmediately?.ScheduledTime is { } time)
            Instant(time);
        foreach (var backfill in patch.BackfillRequest)
        {
            if (backfill.StartTime is null || backfill.EndTime is null)
                throw RpcRefusal.InvalidArgument("A backfill needs a start and an end time.");
            Instant(backfill.StartTime);
            Instant(backfill.EndTime);
        }
    }

    /// <summary>A time of a request, within the calendar.</summary>
    public static DateTimeOffset Instant(Timestamp time) => time.Seconds is > -62_000_000_000 and < 253_000_000_000 && time.Nanos is >= 0 and < 1_000_000_000
        ? DateTimeOffset.FromUnixTimeSeconds(time.Seconds).AddTicks(time.Nanos / 100)
        : throw RpcRefusal.InvalidArgument("A time is out of range.");

    private static void Action(NewWorkflowExecutionInfo action, NamespaceEntry entry)
    {
        IdLength(Scheduler.WorkflowIdAt(action.WorkflowId, DateTimeOffset.UnixEpoch));
        if (action.CronSchedule.Length > 0)
            throw RpcRefusal.InvalidArgument("Scheduled workflow must not contain CronSchedule");
        if (action.WorkflowIdReusePolicy is not (WorkflowIdReusePolicy.Unspecified or WorkflowIdReusePolicy.AllowDuplicate))
            throw RpcRefusal.InvalidArgument("Scheduled workflow must not contain WorkflowIDReusePolicy");
        RequestCheck.WorkflowType(action.WorkflowType);
        if (action.TaskQueue is null || action.TaskQueue.Name.Length == 0)
            throw RpcRefusal.InvalidArgument("taskQueue is not set");
        action.TaskQueue.Kind = TaskQueueKind.Normal;
        Timeout(action.WorkflowExecutionTimeout, "WorkflowExecutionTimeoutSeconds");
        Timeout(action.WorkflowRunTimeout, "WorkflowRunTimeoutSeconds");
        Timeout(action.WorkflowTaskTimeout, "WorkflowTaskTimeoutSeconds");
        SearchAttributePayloads.ForStart(action.SearchAttributes, entry.SearchAttributes, entry.Name);
    }

    private static void IdLength(string workflowId)
    {
        if (workflowId.Length > Limits.Default.IdLength)
            throw RpcRefusal.InvalidArgument($"WorkflowId exceeds maximum allowed length ({workflowId.Length}/{Limits.Default.IdLength})");
        RequestCheck.Length(workflowId, "WorkflowId");
    }

    private static void Timeout(Duration? timeout, string name)
    {
        if (timeout is not null && (timeout.Seconds < 0 || timeout.Nanos < 0))
            throw RpcRefusal.InvalidArgument($"An invalid {name} is set on request. cause: negative duration");
    }

    private static void Notes(string notes)
    {
        if (notes.Length > ScheduleLimits.MaxNotesLength)
            throw RpcRefusal.InvalidArgument("Schedule notes exceeds limit.");
    }
}
