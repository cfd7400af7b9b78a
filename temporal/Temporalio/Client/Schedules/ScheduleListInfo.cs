namespace Temporalio.Client.Schedules;

/// <summary>What a listed schedule has done and will do. Times are UTC.</summary>
/// <param name="RecentActions">Some of its last actions, oldest first.</param>
/// <param name="NextActionTimes">Some of its next times.</param>
public record ScheduleListInfo(
    IReadOnlyCollection<ScheduleActionResult> RecentActions,
    IReadOnlyCollection<DateTime> NextActionTimes)
{
    /// <summary>Converts from the wire message.</summary>
    internal static ScheduleListInfo FromProto(Api.Schedule.V1.ScheduleListInfo proto) => new(
        proto.RecentActions.Select(ScheduleActionResult.FromProto).ToArray(),
        proto.FutureActionTimes.Select(t => t.ToDateTime()).ToArray());
}
