namespace Temporalio.Client.Schedules;

/// <summary>What an updater is given.</summary>
/// <param name="Description">The schedule as it is now.</param>
public record ScheduleUpdateInput(ScheduleDescription Description);
