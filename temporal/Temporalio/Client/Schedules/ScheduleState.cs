namespace Temporalio.Client.Schedules;

/// <summary>State of a schedule.</summary>
public record ScheduleState
{
    /// <summary>Note, such as why it is paused.</summary>
    public string? Note { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether <see cref="RemainingActions"/> counts.</summary>
    public bool LimitedActions { get; init; }

    /// <summary>How many actions are left if they are limited.</summary>
    public long RemainingActions { get; init; }

    /// <summary>Converts from the wire message.</summary>
    internal static ScheduleState FromProto(Api.Schedule.V1.ScheduleState proto) => new()
    {
        Note = proto.Notes.Length == 0 ? null : proto.Notes,
        Paused = proto.Paused,
        LimitedActions = proto.LimitedActions,
        RemainingActions = proto.RemainingActions,
    };

    /// <summary>Converts to the wire message.</summary>
    internal Api.Schedule.V1.ScheduleState ToProto() => new()
    {
        Notes = Note ?? string.Empty,
        Paused = Paused,
        LimitedActions = LimitedActions,
        RemainingActions = RemainingActions,
    };
}
