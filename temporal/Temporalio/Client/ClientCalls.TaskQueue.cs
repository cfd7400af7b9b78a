using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Interceptors;

namespace Temporalio.Client;

internal sealed partial class ClientCalls
{
    /// <inheritdoc />
    public override Task UpdateWorkerBuildIdCompatibilityAsync(UpdateWorkerBuildIdCompatibilityInput input)
    {
        var request = new UpdateWorkerBuildIdCompatibilityRequest
        {
            Namespace = Options.Namespace,
            TaskQueue = input.TaskQueue,
        };
        switch (input.BuildIdOp)
        {
            case BuildIdOp.AddNewDefault op:
                request.AddNewBuildIdInNewDefaultSet = op.BuildId;
                break;
            case BuildIdOp.AddNewCompatible op:
                request.AddNewCompatibleBuildId = new()
                {
                    NewBuildId = op.BuildId,
                    ExistingCompatibleBuildId = op.ExistingCompatibleBuildId,
                    MakeSetDefault = op.MakeSetDefault,
                };
                break;
            case BuildIdOp.PromoteSetByBuildId op:
                request.PromoteSetByBuildId = op.BuildId;
                break;
            case BuildIdOp.PromoteBuildIdWithinSet op:
                request.PromoteBuildIdWithinSet = op.BuildId;
                break;
            case BuildIdOp.MergeSets op:
                request.MergeSets = new()
                {
                    PrimarySetBuildId = op.PrimaryBuildId,
                    SecondarySetBuildId = op.SecondaryBuildId,
                };
                break;
            default:
                throw new ArgumentException($"Unrecognized operation {input.BuildIdOp?.GetType()}");
        }
        return Service.UpdateWorkerBuildIdCompatibilityAsync(request, Retrying(input.RpcOptions));
    }

    /// <inheritdoc />
    public override async Task<WorkerBuildIdVersionSets?> GetWorkerBuildIdCompatibilityAsync(
        GetWorkerBuildIdCompatibilityInput input) =>
        WorkerBuildIdVersionSets.FromProto(await Service.GetWorkerBuildIdCompatibilityAsync(
            new() { Namespace = Options.Namespace, TaskQueue = input.TaskQueue, MaxSets = input.MaxSets },
            Retrying(input.RpcOptions)).ConfigureAwait(false));

    /// <inheritdoc />
    public override async Task<WorkerTaskReachability> GetWorkerTaskReachabilityAsync(
        GetWorkerTaskReachabilityInput input) =>
        WorkerTaskReachability.FromProto(await Service.GetWorkerTaskReachabilityAsync(
            new()
            {
                Namespace = Options.Namespace,
                BuildIds = { input.BuildIds },
                TaskQueues = { input.TaskQueues },
                Reachability = input.Reachability ?? default,
            },
            Retrying(input.RpcOptions)).ConfigureAwait(false));
}
