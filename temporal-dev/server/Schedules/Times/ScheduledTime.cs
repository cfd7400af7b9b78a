namespace Temporalio.DevServer.Schedules.Times;

/// <summary>One time of a schedule.</summary>
/// <param name="Nominal">What the spec says, in whole seconds: it names the workflow.</param>
/// <param name="Actual">The same plus jitter: when the action is due.</param>
internal readonly record struct ScheduledTime(DateTimeOffset Nominal, DateTimeOffset Actual);
