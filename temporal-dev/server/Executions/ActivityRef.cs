namespace Temporalio.DevServer.Executions;

/// <summary>Names an activity as its worker does: by what the task token says, or by activity id alone (asynchronous completion).</summary>
/// <param name="ActivityId">The activity id; null where the token is enough.</param>
/// <param name="ScheduledEventId">From the token; 0 by id.</param>
/// <param name="Attempt">From the token; 0 by id: whatever attempt is running.</param>
/// <param name="StartedTicks">From the token: UTC ticks of the attempt's start, which tells apart two runs of one attempt (after an operator's reset); 0: no check.</param>
internal readonly record struct ActivityRef(string? ActivityId, long ScheduledEventId = 0, int Attempt = 0, long StartedTicks = 0)
{
    public static ActivityRef ById(string activityId) => new(activityId);
}
