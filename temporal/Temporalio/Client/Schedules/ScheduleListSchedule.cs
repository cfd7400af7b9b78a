namespace Temporalio.Client.Schedules;

/// <summary>A listed schedule.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Spec">When.</param>
/// <param name="State">Its state.</param>
public record ScheduleListSchedule(ScheduleListAction Action, ScheduleSpec Spec, ScheduleListState State)
{
    /// <summary>Converts from the wire message.</summary>
    internal static ScheduleListSchedule FromProto(Api.Schedule.V1.ScheduleListInfo proto) => new(
        ScheduleListAction.FromProto(proto),
        ScheduleSpec.FromProto(proto.Spec ?? new()),
        ScheduleListState.FromProto(proto));
}
