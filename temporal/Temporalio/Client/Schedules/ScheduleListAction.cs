namespace Temporalio.Client.Schedules;

/// <summary>What a listed schedule does: so far always <see cref="ScheduleListActionStartWorkflow"/>.</summary>
public abstract record ScheduleListAction
{
    /// <summary>Converts from the wire message.</summary>
    internal static ScheduleListAction FromProto(Api.Schedule.V1.ScheduleListInfo proto) =>
        proto.WorkflowType is { } type
            ? new ScheduleListActionStartWorkflow(type.Name)
            : throw new InvalidOperationException("Unsupported action on list schedule");
}
