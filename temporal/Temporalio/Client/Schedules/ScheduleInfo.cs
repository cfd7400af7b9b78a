namespace Temporalio.Client.Schedules;

/// <summary>What a schedule has done and will do. Times are UTC.</summary>
/// <param name="NumActions">Actions taken.</param>
/// <param name="NumActionsMissedCatchupWindow">Actions left out because they were too late.</param>
/// <param name="NumActionsSkippedOverlap">Actions left out because one was still running.</param>
/// <param name="RunningActions">Actions that run now.</param>
/// <param name="RecentActions">Last ten actions, oldest first.</param>
/// <param name="NextActionTimes">Next ten times.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="LastUpdatedAt">When it was last changed, if ever.</param>
public record ScheduleInfo(
    long NumActions,
    long NumActionsMissedCatchupWindow,
    long NumActionsSkippedOverlap,
    IReadOnlyCollection<ScheduleActionExecution> RunningActions,
    IReadOnlyCollection<ScheduleActionResult> RecentActions,
    IReadOnlyCollection<DateTime> NextActionTimes,
    DateTime CreatedAt,
    DateTime? LastUpdatedAt)
{
    /// <summary>Converts from the wire message.</summary>
    internal static ScheduleInfo FromProto(Api.Schedule.V1.ScheduleInfo proto) => new(
        proto.ActionCount,
        proto.MissedCatchupWindow,
        proto.OverlapSkipped,
        proto.RunningWorkflows.Select(ScheduleActionExecutionStartWorkflow.FromProto).ToArray(),
        proto.RecentActions.Select(ScheduleActionResult.FromProto).ToArray(),
        proto.FutureActionTimes.Select(t => t.ToDateTime()).ToArray(),
        proto.CreateTime?.ToDateTime() ?? default,
        proto.UpdateTime?.ToDateTime());
}
