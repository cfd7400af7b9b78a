using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Update.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Hosting;
using OperationStatus = Temporalio.Api.ErrorDetails.V1.MultiOperationExecutionFailure.Types.OperationStatus;

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

/// <summary>Several operations that happen together or not at all. There is one such combination: a start and an update.</summary>
internal static class MultiOperationCheck
{
    /// <summary>The two operations, checked and completed.</summary>
    /// <exception cref="RpcRefusal">The request is something else, or one of the two is wrong.</exception>
    public static (StartWorkflowExecutionRequest Start, UpdateWorkflowExecutionRequest Update) StartAndUpdate(ExecuteMultiOperationRequest request)
    {
        if (request.Operations is not [{ StartWorkflow: { } start }, { UpdateWorkflow: { } update }])
            throw RpcRefusal.InvalidArgument("Operations have to be exactly [Start, Update].");
        if (start.Namespace != request.Namespace || update.Namespace != request.Namespace)
            throw RpcRefusal.InvalidArgument("Namespace is not consistent with the request.");
        Of(0, () =>
        {
            StartCheck.Complete(start, WorkflowIdConflictPolicy.Unspecified);
            if (start.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Unspecified)
                throw RpcRefusal.InvalidArgument("WorkflowIdConflictPolicy is not set on request.");
            if (start.CronSchedule.Length > 0)
                throw RpcRefusal.InvalidArgument("CronSchedule is not allowed.");
            if (start.RequestEagerExecution)
                throw RpcRefusal.InvalidArgument("RequestEagerExecution is not supported.");
            if (start.WorkflowStartDelay is { } delay && delay.ToTimeSpan() > TimeSpan.Zero)
                throw RpcRefusal.InvalidArgument("WorkflowStartDelay is not supported.");
            return true;
        });
        if (update.WorkflowExecution?.WorkflowId != start.WorkflowId)
            throw Failed(1, RpcRefusal.InvalidArgument("WorkflowId is not consistent with previous operation(s)"));
        return (start, update);
    }

    /// <summary>Runs a part of one operation; what it refuses is refused as this operation's failure.</summary>
    /// <param name="operation">0 for the start, 1 for the update.</param>
    /// <param name="part">The part.</param>
    public static T Of<T>(int operation, Func<T> part)
    {
        try
        {
            return part();
        }
        catch (RpcRefusal e)
        {
            throw Failed(operation, e);
        }
    }

    /// <summary>One operation has failed, so the other does not happen.</summary>
    public static RpcRefusal Failed(int operation, RpcRefusal reason)
    {
        var failed = new OperationStatus { Code = (int)reason.StatusCode, Message = reason.Message };
        if (reason.Detail is { } detail)
            failed.Details.Add(Any.Pack(detail));
        var aborted = new OperationStatus { Code = (int)StatusCode.Aborted, Message = "Operation was aborted.", Details = { Any.Pack(new MultiOperationExecutionAborted()) } };
        OperationStatus[] statuses = operation == 0 ? [failed, aborted] : [aborted, failed];
        return new RpcRefusal(reason.StatusCode, "Update-with-Start could not be executed.", new MultiOperationExecutionFailure { Statuses = { statuses } });
    }
}
