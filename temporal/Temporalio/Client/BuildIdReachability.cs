using Temporalio.Api.Enums.V1;

namespace Temporalio.Client;

/// <summary>Which workflows a build can still be needed for.</summary>
/// <param name="TaskQueueReachability">By task queue; empty if it is not needed there.</param>
/// <param name="UnretrievedTaskQueues">Queues that the server did not look at because there were too many.</param>
public record BuildIdReachability(
    IReadOnlyDictionary<string, IReadOnlyCollection<TaskReachability>> TaskQueueReachability,
    IReadOnlyCollection<string> UnretrievedTaskQueues)
{
    /// <summary>Converts from the wire message.</summary>
    internal static BuildIdReachability FromProto(Api.TaskQueue.V1.BuildIdReachability proto)
    {
        var unretrieved = proto.TaskQueueReachability
            .Where(q => q.Reachability is [TaskReachability.Unspecified])
            .Select(q => q.TaskQueue)
            .ToHashSet();
        return new(
            proto.TaskQueueReachability.Where(q => !unretrieved.Contains(q.TaskQueue)).ToDictionary(
                q => q.TaskQueue, q => (IReadOnlyCollection<TaskReachability>)q.Reachability),
            unretrieved);
    }
}
