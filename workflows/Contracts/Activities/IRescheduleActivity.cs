using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Computes the schedule of an open settlement again, after calendars or windows have changed. What has happened stays as recorded.</summary>
public interface IRescheduleActivity
{
    [Activity("Reschedule")]
    Task<ScheduleChange> RescheduleAsync(RepeatableStepInput input);
}
