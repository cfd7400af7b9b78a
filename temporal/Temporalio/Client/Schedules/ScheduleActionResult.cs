namespace Temporalio.Client.Schedules;

/// <summary>When an action was taken. Times are UTC.</summary>
/// <param name="ScheduledAt">When it was due, jitter included.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Action">What was done.</param>
public record ScheduleActionResult(DateTime ScheduledAt, DateTime StartedAt, ScheduleActionExecution Action)
{
    /// <summary>Converts from the wire message.</summary>
    internal static ScheduleActionResult FromProto(Api.Schedule.V1.ScheduleActionResult proto) => new(
        proto.ScheduleTime.ToDateTime(),
        proto.ActualTime.ToDateTime(),
        ScheduleActionExecutionStartWorkflow.FromProto(proto.StartWorkflowResult));
}
