using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Matching;
using TaskQueue = Temporalio.DevServer.Matching.TaskQueue;

namespace Temporalio.DevServer.Frontend;

/// <summary>What can be told of task queues.</summary>
internal sealed class TaskQueueHandlers(Matcher matcher, IServerClock clock, Spaces spaces)
{
    /// <summary>What the real server shows where nobody has set a limit.</summary>
    private const double SystemRate = 4_000;

    public void Register(ServiceTable service) => service
        .Unary<DescribeTaskQueueRequest, DescribeTaskQueueResponse>("DescribeTaskQueue", Describe)
        .Unary<ListTaskQueuePartitionsRequest, ListTaskQueuePartitionsResponse>("ListTaskQueuePartitions", ListPartitions);

#pragma warning disable CS0612 // The command line still asks in the older forms, and is answered in them.
    private Task<DescribeTaskQueueResponse> Describe(DescribeTaskQueueRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var queue = RequestCheck.Queue(request.TaskQueue);
        var response = new DescribeTaskQueueResponse();
        if (request.ApiMode == DescribeTaskQueueMode.Enhanced)
        {
            var info = new TaskQueueVersionInfo { TaskReachability = BuildIdTaskReachability.Unspecified };
            foreach (var type in request.TaskQueueTypes.Count > 0 ? request.TaskQueueTypes.Distinct() : [TaskQueueType.Workflow, TaskQueueType.Activity])
                info.TypesInfo.Add((int)type, TypeInfo(space.Id, queue.Name, type, request));
            response.VersionsInfo.Add("", info);
            return Task.FromResult(response);
        }

        var asked = request.TaskQueueType == TaskQueueType.Unspecified ? TaskQueueType.Workflow : request.TaskQueueType;
        var description = matcher.Describe(new QueueKey(space.Id, queue.Name, asked));
        response.Pollers.AddRange(description.Pollers.Select(Poller));
        response.VersioningInfo = new TaskQueueVersioningInfo { CurrentVersion = "__unversioned__", UpdateTime = new Timestamp() };
        response.EffectiveRateLimit = new DescribeTaskQueueResponse.Types.EffectiveRateLimit
        {
            RequestsPerSecond = (float)(description.Limit ?? SystemRate),
            RateLimitSource = description.Limit is null ? RateLimitSource.System : RateLimitSource.Worker,
        };
        if (request.ReportStats)
        {
            response.Stats = Stats(description, priority: null);
            foreach (var priority in description.Backlog.Select(b => b.Priority).Append(TaskQueue.DefaultPriority).Distinct())
                response.StatsByPriorityKey.Add(priority, Stats(description, priority));
        }

        if (request.ReportConfig)
            response.Config = new TaskQueueConfig();
        if (request.IncludeTaskQueueStatus)
            response.TaskQueueStatus = new TaskQueueStatus { BacklogCountHint = description.Backlog.Sum(b => b.Count), RatePerSecond = description.Limit ?? 100_000, TaskIdBlock = new TaskIdBlock() };
        return Task.FromResult(response);
    }

    private TaskQueueTypeInfo TypeInfo(string namespaceId, string name, TaskQueueType type, DescribeTaskQueueRequest request)
    {
        var description = matcher.Describe(new QueueKey(namespaceId, name, type));
        var info = new TaskQueueTypeInfo();
        if (request.ReportPollers)
            info.Pollers.AddRange(description.Pollers.Select(Poller));
        if (request.ReportStats)
            info.Stats = Stats(description, priority: null);
        return info;
    }

    private static PollerInfo Poller((WorkerFacts Facts, DateTimeOffset At) seen) => new()
    {
        Identity = seen.Facts.Identity,
        LastAccessTime = Timestamp.FromDateTimeOffset(seen.At),
        RatePerSecond = seen.Facts.TasksPerSecond ?? 100_000,
        WorkerVersionCapabilities = seen.Facts.Capabilities,
        DeploymentOptions = seen.Facts.Deployment,
    };
#pragma warning restore CS0612

    private TaskQueueStats Stats(QueueDescription queue, int? priority)
    {
        var levels = queue.Backlog.Where(b => priority is null || b.Priority == priority).ToList();
        var oldest = levels.Min(b => b.Oldest);
        return new TaskQueueStats
        {
            ApproximateBacklogCount = levels.Sum(b => b.Count),
            ApproximateBacklogAge = Duration.FromTimeSpan(oldest is { } since && clock.Now > since ? clock.Now - since : TimeSpan.Zero),
            TasksAddRate = queue.AddRate,
            TasksDispatchRate = queue.DispatchRate,
        };
    }

    private Task<ListTaskQueuePartitionsResponse> ListPartitions(ListTaskQueuePartitionsRequest request, ServerCallContext call)
    {
        spaces.Require(request.Namespace);
        var queue = RequestCheck.Queue(request.TaskQueue);
        // One process: one partition of each kind.
        var partition = new TaskQueuePartitionMetadata { Key = queue.Name, OwnerHostName = Environment.MachineName };
        return Task.FromResult(new ListTaskQueuePartitionsResponse { ActivityTaskQueuePartitions = { partition }, WorkflowTaskQueuePartitions = { partition } });
    }
}
