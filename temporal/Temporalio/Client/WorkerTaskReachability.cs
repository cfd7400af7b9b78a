namespace Temporalio.Client;

/// <summary>Which workflows some builds can still be needed for.</summary>
/// <param name="BuildIdReachability">By build.</param>
public record WorkerTaskReachability(IReadOnlyDictionary<string, BuildIdReachability> BuildIdReachability)
{
    /// <summary>Converts from the wire message.</summary>
    internal static WorkerTaskReachability FromProto(
        Api.WorkflowService.V1.GetWorkerTaskReachabilityResponse proto) =>
        new(proto.BuildIdReachability.ToDictionary(b => b.BuildId, Client.BuildIdReachability.FromProto));
}
