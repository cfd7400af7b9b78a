using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Frontend;

/// <summary>What operators may do to one pending activity, under the newer names that the command line uses. Activities without a workflow do not exist here.</summary>
internal sealed class ActivityExecutionHandlers(ExecutionEngine engine, Spaces spaces)
{
    public void Register(ServiceTable service) => service
        .Unary<PauseActivityExecutionRequest, PauseActivityExecutionResponse>("PauseActivityExecution", PauseAsync)
        .Unary<UnpauseActivityExecutionRequest, UnpauseActivityExecutionResponse>("UnpauseActivityExecution", UnpauseAsync)
        .Unary<ResetActivityExecutionRequest, ResetActivityExecutionResponse>("ResetActivityExecution", ResetAsync)
        .Unary<UpdateActivityExecutionOptionsRequest, UpdateActivityExecutionOptionsResponse>("UpdateActivityExecutionOptions", UpdateAsync);

    private async Task<PauseActivityExecutionResponse> PauseAsync(PauseActivityExecutionRequest request, ServerCallContext call)
    {
        var pause = new PauseActivityRequest { Id = request.ActivityId, Identity = request.Identity, Reason = request.Reason, RequestId = request.RequestId };
        await ChangeAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, t => t.PauseActivity(pause), call);
        return new PauseActivityExecutionResponse();
    }

    private async Task<UnpauseActivityExecutionResponse> UnpauseAsync(UnpauseActivityExecutionRequest request, ServerCallContext call)
    {
        var unpause = new UnpauseActivityRequest { Id = request.ActivityId, Identity = request.Identity, Jitter = request.Jitter };
        await ChangeAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, t => t.UnpauseActivity(unpause), call);
        return new UnpauseActivityExecutionResponse();
    }

    private async Task<ResetActivityExecutionResponse> ResetAsync(ResetActivityExecutionRequest request, ServerCallContext call)
    {
        var reset = new ResetActivityRequest
        {
            Id = request.ActivityId,
            Identity = request.Identity,
            KeepPaused = request.KeepPaused,
            Jitter = request.Jitter,
            RestoreOriginalOptions = request.RestoreOriginalOptions,
            ResetHeartbeat = request.ResetHeartbeat,
        };
        await ChangeAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, t => t.ResetActivity(reset), call);
        return new ResetActivityExecutionResponse();
    }

    private async Task<UpdateActivityExecutionOptionsResponse> UpdateAsync(UpdateActivityExecutionOptionsRequest request, ServerCallContext call)
    {
        var update = new UpdateActivityOptionsRequest
        {
            Id = request.ActivityId,
            Identity = request.Identity,
            ActivityOptions = request.ActivityOptions,
            UpdateMask = request.UpdateMask,
            RestoreOriginal = request.RestoreOriginal,
        };
        var response = new UpdateActivityExecutionOptionsResponse();
        await ChangeAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, t => response.ActivityOptions = t.UpdateActivityOptions(update), call);
        return response;
    }

    private Task ChangeAsync(string name, string workflowId, string runId, string activityId, Action<Transition> verb, ServerCallContext call)
    {
        var space = spaces.Require(name);
        RequestCheck.Execution(new WorkflowExecution { WorkflowId = workflowId, RunId = runId });
        if (activityId.Length == 0)
            throw RpcRefusal.InvalidArgument("ActivityId is not set on request.");
        return engine.ChangeAsync(space, workflowId, runId, verb, call.CancellationToken);
    }
}
