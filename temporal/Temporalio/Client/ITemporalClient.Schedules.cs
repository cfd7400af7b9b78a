using Temporalio.Client.Schedules;

namespace Temporalio.Client;

public partial interface ITemporalClient
{
    /// <summary>Creates a schedule.</summary>
    /// <param name="scheduleId">Schedule id.</param>
    /// <param name="schedule">What to do when.</param>
    /// <param name="options">Memo, first actions and call options.</param>
    /// <returns>Handle of the schedule.</returns>
    /// <exception cref="Exceptions.ScheduleAlreadyRunningException">The id is in use.</exception>
    Task<ScheduleHandle> CreateScheduleAsync(string scheduleId, Schedule schedule, ScheduleOptions? options = null);

    /// <summary>Makes a handle, without asking the server.</summary>
    /// <param name="scheduleId">Schedule id.</param>
    /// <returns>The handle.</returns>
    ScheduleHandle GetScheduleHandle(string scheduleId);

    /// <summary>Lists schedules, page by page as they are read. The list may lag behind.</summary>
    /// <param name="options">Filter and call options.</param>
    /// <returns>The schedules.</returns>
    IAsyncEnumerable<ScheduleListDescription> ListSchedulesAsync(ScheduleListOptions? options = null);
}
