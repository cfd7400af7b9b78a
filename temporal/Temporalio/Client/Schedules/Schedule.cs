using Temporalio.Converters;

namespace Temporalio.Client.Schedules;

/// <summary>What to do when (temporal.api.schedule.v1.Schedule).</summary>
/// <param name="Action">What to do.</param>
/// <param name="Spec">When.</param>
public record Schedule(ScheduleAction Action, ScheduleSpec Spec)
{
    /// <summary>What happens when actions overlap, are late or fail.</summary>
    public SchedulePolicy Policy { get; init; } = new();

    /// <summary>Note, pause and remaining actions.</summary>
    public ScheduleState State { get; init; } = new();

    /// <summary>Converts from the wire message.</summary>
    internal static async Task<Schedule> FromProtoAsync(
        Api.Schedule.V1.Schedule proto, string clientNamespace, DataConverter dataConverter)
    {
        var action = await ScheduleAction.FromProtoAsync(
            proto.Action, clientNamespace, dataConverter).ConfigureAwait(false);
        return new(action, ScheduleSpec.FromProto(proto.Spec))
        {
            Policy = SchedulePolicy.FromProto(proto.Policies ?? new()),
            State = ScheduleState.FromProto(proto.State ?? new()),
        };
    }

    /// <summary>Converts to the wire message.</summary>
    internal async Task<Api.Schedule.V1.Schedule> ToProtoAsync(string clientNamespace, DataConverter dataConverter) => new()
    {
        Spec = Spec.ToProto(),
        Action = await Action.ToProtoAsync(clientNamespace, dataConverter).ConfigureAwait(false),
        Policies = Policy.ToProto(),
        State = State.ToProto(),
    };
}
