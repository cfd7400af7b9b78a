using Grpc.Core;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Frontend;

/// <summary>
/// What operators may do to pending activities; to one by its id also under the newer names that the command line uses. Activities without a workflow do not exist here.
/// </summary>
internal sealed class PendingActivityHandlers(ExecutionEngine engine, Spaces spaces)
{
    public void Register(ServiceTable service) => service
        .Unary<PauseActivityRequest, PauseActivityResponse>("PauseActivity", (r, call) => ChangeAsync(r.Namespace, r.Execution, t => t.PauseActivity(r), new PauseActivityResponse(), call))
        .Unary<UnpauseActivityRequest, UnpauseActivityResponse>("UnpauseActivity", (r, call) => ChangeAsync(r.Namespace, r.Execution, t => t.UnpauseActivity(r), new UnpauseActivityResponse(), call))
        .Unary<ResetActivityRequest, ResetActivityResponse>("ResetActivity", (r, call) => ChangeAsync(r.Namespace, r.Execution, t => t.ResetActivity(r), new ResetActivityResponse(), call))
        .Unary<UpdateActivityOptionsRequest, UpdateActivityOptionsResponse>("UpdateActivityOptions", UpdateAsync)
        .Unary<PauseActivityExecutionRequest, PauseActivityExecutionResponse>("PauseActivityExecution", PauseAsync)
        .Unary<UnpauseActivityExecutionRequest, UnpauseActivityExecutionResponse>("UnpauseActivityExecution", UnpauseAsync)
        .Unary<ResetActivityExecutionRequest, ResetActivityExecutionResponse>("ResetActivityExecution", ResetAsync)
        .Unary<UpdateActivityExecutionOptionsRequest, UpdateActivityExecutionOptionsResponse>("UpdateActivityExecutionOptions", UpdateAsync);

    private Task<UpdateActivityOptionsResponse> UpdateAsync(UpdateActivityOptionsRequest request, ServerCallContext call)
    {
        var response = new UpdateActivityOptionsResponse();
        return ChangeAsync(request.Namespace, request.Execution, t => response.ActivityOptions = t.UpdateActivityOptions(request), response, call);
    }

    private Task<PauseActivityExecutionResponse> PauseAsync(PauseActivityExecutionRequest request, ServerCallContext call)
    {
        var pause = new PauseActivityRequest { Id = request.ActivityId, Identity = request.Identity, Reason = request.Reason, RequestId = request.RequestId };
        return ChangeAsync(request.Namespace, Of(request.WorkflowId, request.RunId), t => t.PauseActivity(pause), new PauseActivityExecutionResponse(), call, request.ActivityId);
    }

    private Task<UnpauseActivityExecutionResponse> UnpauseAsync(UnpauseActivityExecutionRequest request, ServerCallContext call)
    {
        var unpause = new UnpauseActivityRequest { Id = request.ActivityId, Identity = request.Identity, Jitter = request.Jitter };
        return ChangeAsync(request.Namespace, Of(request.WorkflowId, request.RunId), t => t.UnpauseActivity(unpause), new UnpauseActivityExecutionResponse(), call, request.ActivityId);
    }

    private Task<ResetActivityExecutionResponse> ResetAsync(ResetActivityExecutionRequest request, ServerCallContext call)
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
        return ChangeAsync(request.Namespace, Of(request.WorkflowId, request.RunId), t => t.ResetActivity(reset), new ResetActivityExecutionResponse(), call, request.ActivityId);
    }

    private Task<UpdateActivityExecutionOptionsResponse> UpdateAsync(UpdateActivityExecutionOptionsRequest request, ServerCallContext call)
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
        return ChangeAsync(request.Namespace, Of(request.WorkflowId, request.RunId), t => response.ActivityOptions = t.UpdateActivityOptions(update), response, call, request.ActivityId);
    }

    private async Task<T> ChangeAsync<T>(string name, WorkflowExecution? named, Action<Transition> verb, T response, ServerCallContext call, string? activityId = null)
    {
        var space = spaces.Require(name);
        var execution = RequestCheck.Execution(named);
        if (activityId?.Length == 0)
            throw RpcRefusal.InvalidArgument("ActivityId is not set on request.");
        await engine.ChangeAsync(space, execution.WorkflowId, execution.RunId, verb, call.CancellationToken);
        return response;
    }

    private static WorkflowExecution Of(string workflowId, string runId) => new() { WorkflowId = workflowId, RunId = runId };
}
