using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;

namespace Temporalio.Client.Schedules;

/// <summary>What happens when actions overlap, are late or fail.</summary>
public record SchedulePolicy
{
    /// <summary>What happens if an action is due while the one before still runs. Default: it is skipped.</summary>
    public ScheduleOverlapPolicy Overlap { get; init; } = ScheduleOverlapPolicy.Skip;

    /// <summary>How late an action may be taken after an outage. Unset leaves it to the server (one year).</summary>
    public TimeSpan? CatchupWindow { get; init; }

    /// <summary>Whether a failed or timed-out workflow pauses the schedule.</summary>
    public bool PauseOnFailure { get; init; }

    /// <summary>Converts from the wire message.</summary>
    internal static SchedulePolicy FromProto(Api.Schedule.V1.SchedulePolicies proto) => new()
    {
        Overlap = proto.OverlapPolicy,
        CatchupWindow = proto.CatchupWindow?.ToTimeSpan(),
        PauseOnFailure = proto.PauseOnFailure,
    };

    /// <summary>Converts to the wire message.</summary>
    internal Api.Schedule.V1.SchedulePolicies ToProto() => new()
    {
        OverlapPolicy = Overlap,
        CatchupWindow = CatchupWindow is { } window ? Duration.FromTimeSpan(window) : null,
        PauseOnFailure = PauseOnFailure,
    };
}
