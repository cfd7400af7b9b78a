using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;

namespace Temporalio.Client.Schedules;

/// <summary>A period to go through as if it passed now.</summary>
/// <param name="StartAt">Start in UTC, exclusive.</param>
/// <param name="EndAt">End in UTC, inclusive.</param>
/// <param name="Overlap">What happens when actions overlap; unspecified means as the schedule says.</param>
public record ScheduleBackfill(
    DateTime StartAt,
    DateTime EndAt,
    ScheduleOverlapPolicy Overlap = ScheduleOverlapPolicy.Unspecified)
{
    /// <summary>Converts to the wire message.</summary>
    internal Api.Schedule.V1.BackfillRequest ToProto() => new()
    {
        StartTime = Timestamp.FromDateTime(StartAt),
        EndTime = Timestamp.FromDateTime(EndAt),
        OverlapPolicy = Overlap,
    };
}
