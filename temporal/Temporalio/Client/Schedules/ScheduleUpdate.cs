using Temporalio.Common;

namespace Temporalio.Client.Schedules;

/// <summary>What an updater wants a schedule to become.</summary>
/// <param name="Schedule">The new schedule as a whole.</param>
/// <param name="TypedSearchAttributes">
/// The new search attributes as a whole; empty removes all, null leaves them as they are.
/// </param>
public record ScheduleUpdate(Schedule Schedule, SearchAttributeCollection? TypedSearchAttributes = null);
