using Temporalio.Converters;

namespace Temporalio.Client.Schedules;

/// <summary>What a schedule does: so far always <see cref="ScheduleActionStartWorkflow"/>.</summary>
public abstract record ScheduleAction
{
    /// <summary>Converts from the wire message.</summary>
    internal static async Task<ScheduleAction> FromProtoAsync(
        Api.Schedule.V1.ScheduleAction proto, string clientNamespace, DataConverter dataConverter) =>
        proto.StartWorkflow is { } start
            ? await ScheduleActionStartWorkflow.FromProtoAsync(start, clientNamespace, dataConverter).ConfigureAwait(false)
            : throw new InvalidOperationException($"Unsupported action {proto.ActionCase}");

    /// <summary>Converts to the wire message.</summary>
    internal abstract Task<Api.Schedule.V1.ScheduleAction> ToProtoAsync(
        string clientNamespace, DataConverter dataConverter);
}
