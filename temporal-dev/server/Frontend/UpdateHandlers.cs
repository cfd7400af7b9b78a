using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Frontend;

/// <summary>Updates of clients, alone and together with a start.</summary>
internal sealed class UpdateHandlers(ExecutionEngine engine, Spaces spaces, TaskAnswers answers)
{
    public void Register(ServiceTable service) => service
        .Unary<UpdateWorkflowExecutionRequest, UpdateWorkflowExecutionResponse>("UpdateWorkflowExecution", UpdateAsync)
        .Unary<PollWorkflowExecutionUpdateRequest, PollWorkflowExecutionUpdateResponse>("PollWorkflowExecutionUpdate", PollAsync)
        .Unary<ExecuteMultiOperationRequest, ExecuteMultiOperationResponse>("ExecuteMultiOperation", ExecuteAsync);

    private async Task<UpdateWorkflowExecutionResponse> UpdateAsync(UpdateWorkflowExecutionRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var stage = Check(request);
        var (run, progress) = await engine.UpdateAsync(space, request, stage, call.CancellationToken);
        return Answer(space, run, progress);
    }

    private async Task<PollWorkflowExecutionUpdateResponse> PollAsync(PollWorkflowExecutionUpdateRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        if (request.UpdateRef is null)
            throw RpcRefusal.InvalidArgument("UpdateRef is not set on request.");
        RequestCheck.Execution(request.UpdateRef.WorkflowExecution);
        var stage = request.WaitPolicy?.LifecycleStage ?? UpdateWorkflowExecutionLifecycleStage.Unspecified;
        var (run, progress) = await engine.PollUpdateAsync(space, request.UpdateRef, stage, call.CancellationToken);
        if (progress is null)
            throw RpcRefusal.NotFound($"update \"{request.UpdateRef.UpdateId}\" not found");
        return new PollWorkflowExecutionUpdateResponse { Outcome = progress.Outcome, Stage = progress.Stage, UpdateRef = Ref(run, progress.UpdateId) };
    }

    private async Task<ExecuteMultiOperationResponse> ExecuteAsync(ExecuteMultiOperationRequest request, ServerCallContext call)
    {
        var space = spaces.RequireForStart(request.Namespace);
        var (start, update) = MultiOperationCheck.StartAndUpdate(request);
        var stage = MultiOperationCheck.Of(1, () => Check(update));
        var (started, run, progress) = await engine.UpdateWithStartAsync(space, start, update, stage, call.CancellationToken);
        return new ExecuteMultiOperationResponse
        {
            Responses =
            {
                new ExecuteMultiOperationResponse.Types.Response { StartWorkflow = await StartHandlers.AnswerAsync(start, started, answers, call.CancellationToken) },
                new ExecuteMultiOperationResponse.Types.Response { UpdateWorkflow = Answer(space, run, progress) },
            },
        };
    }

    /// <returns>The stage to wait for.</returns>
    private static UpdateWorkflowExecutionLifecycleStage Check(UpdateWorkflowExecutionRequest request)
    {
        RequestCheck.Execution(request.WorkflowExecution);
        RequestCheck.RunId(request.FirstExecutionRunId);
        if (request.Request is not { } asked)
            throw RpcRefusal.InvalidArgument("Update meta is not set on request.");
        if (asked.Input is null)
            throw RpcRefusal.InvalidArgument("Update input is not set on request.");
        if (asked.Input.Name.Length == 0)
            throw RpcRefusal.InvalidArgument("Update name is not set on request.");
        asked.Meta ??= new Meta();
        if (asked.Meta.UpdateId.Length == 0)
            asked.Meta.UpdateId = Guid.NewGuid().ToString("D");
        RequestCheck.Length(asked.Meta.UpdateId, "UpdateID");
        RequestCheck.Length(asked.Input.Name, "Update name");
        var stage = request.WaitPolicy?.LifecycleStage ?? UpdateWorkflowExecutionLifecycleStage.Unspecified;
        if (stage == UpdateWorkflowExecutionLifecycleStage.Admitted)
            throw new RpcRefusal(StatusCode.PermissionDenied, "Wait policy with lifecycle stage ADMITTED is not allowed.");
        return stage;
    }

    private static UpdateWorkflowExecutionResponse Answer(NamespaceFacts space, RunKey run, UpdateProgress progress) => new()
    {
        UpdateRef = Ref(run, progress.UpdateId),
        Outcome = progress.Outcome,
        Stage = progress.Stage,
        Link = progress.Stage < UpdateWorkflowExecutionLifecycleStage.Accepted ? null : progress.Outcome?.Failure is null ? EventLinks.Accepted(space.Name, run) : EventLinks.Rejected(space.Name, run),
    };

    private static UpdateRef Ref(RunKey run, string updateId) =>
        new() { WorkflowExecution = new WorkflowExecution { WorkflowId = run.WorkflowId, RunId = run.RunId }, UpdateId = updateId };
}
