using Grpc.Core;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Frontend;

/// <summary>What operators may do to pending activities.</summary>
internal sealed class ActivityOptionHandlers(ExecutionEngine engine, Spaces spaces)
{
    public void Register(ServiceTable service) => service
        .Unary<PauseActivityRequest, PauseActivityResponse>("PauseActivity", PauseAsync)
        .Unary<UnpauseActivityRequest, UnpauseActivityResponse>("UnpauseActivity", UnpauseAsync)
        .Unary<ResetActivityRequest, ResetActivityResponse>("ResetActivity", ResetAsync)
        .Unary<UpdateActivityOptionsRequest, UpdateActivityOptionsResponse>("UpdateActivityOptions", UpdateAsync);

    private async Task<PauseActivityResponse> PauseAsync(PauseActivityRequest request, ServerCallContext call)
    {
        await ChangeAsync(request.Namespace, request.Execution, t => t.PauseActivity(request), call);
        return new PauseActivityResponse();
    }

    private async Task<UnpauseActivityResponse> UnpauseAsync(UnpauseActivityRequest request, ServerCallContext call)
    {
        await ChangeAsync(request.Namespace, request.Execution, t => t.UnpauseActivity(request), call);
        return new UnpauseActivityResponse();
    }

    private async Task<ResetActivityResponse> ResetAsync(ResetActivityRequest request, ServerCallContext call)
    {
        await ChangeAsync(request.Namespace, request.Execution, t => t.ResetActivity(request), call);
        return new ResetActivityResponse();
    }

    private async Task<UpdateActivityOptionsResponse> UpdateAsync(UpdateActivityOptionsRequest request, ServerCallContext call)
    {
        var response = new UpdateActivityOptionsResponse();
        await ChangeAsync(request.Namespace, request.Execution, t => response.ActivityOptions = t.UpdateActivityOptions(request), call);
        return response;
    }

    private Task ChangeAsync(string name, Api.Common.V1.WorkflowExecution? named, Action<Transition> verb, ServerCallContext call)
    {
        var space = spaces.Require(name);
        var execution = RequestCheck.Execution(named);
        return engine.ChangeAsync(space, execution.WorkflowId, execution.RunId, verb, call.CancellationToken);
    }
}
