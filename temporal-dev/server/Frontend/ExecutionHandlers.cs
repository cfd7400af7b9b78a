using Grpc.Core;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Frontend;

/// <summary>What may be done to and asked of an execution that exists.</summary>
internal sealed class ExecutionHandlers(ExecutionEngine engine, Spaces spaces)
{
    public void Register(ServiceTable service) => service
        .Unary<SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse>("SignalWorkflowExecution", SignalAsync)
        .Unary<RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse>("RequestCancelWorkflowExecution", CancelAsync)
        .Unary<TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse>("TerminateWorkflowExecution", TerminateAsync)
        .Unary<ResetWorkflowExecutionRequest, ResetWorkflowExecutionResponse>("ResetWorkflowExecution", ResetAsync)
        .Unary<DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse>("DeleteWorkflowExecution", DeleteAsync)
        .Unary<DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>("DescribeWorkflowExecution", DescribeAsync)
        .Unary<QueryWorkflowRequest, QueryWorkflowResponse>("QueryWorkflow", QueryAsync)
        .Unary<UpdateWorkflowExecutionOptionsRequest, UpdateWorkflowExecutionOptionsResponse>("UpdateWorkflowExecutionOptions", UpdateOptionsAsync);

    private async Task<SignalWorkflowExecutionResponse> SignalAsync(SignalWorkflowExecutionRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var execution = RequestCheck.Execution(request.WorkflowExecution);
        if (request.SignalName.Length == 0)
            throw RpcRefusal.InvalidArgument("SignalName is not set on request.");
        RequestCheck.Length(request.SignalName, "SignalName");
        RequestCheck.Length(request.RequestId, "RequestId");
        var facts = new SignalFacts(request.SignalName, request.Input, request.Identity, request.RequestId, request.Header, request.Links);
        await engine.ChangeAsync(space, execution.WorkflowId, execution.RunId, t => t.Signal(facts), call.CancellationToken);
        return new SignalWorkflowExecutionResponse();
    }

    private async Task<RequestCancelWorkflowExecutionResponse> CancelAsync(RequestCancelWorkflowExecutionRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var execution = RequestCheck.Execution(request.WorkflowExecution);
        RequestCheck.RunId(request.FirstExecutionRunId);
        RequestCheck.Length(request.RequestId, "RequestId");
        var facts = new CancelFacts(request.Reason, request.Identity, request.RequestId, request.Links);
        await engine.ChangeAsync(
            space,
            execution.WorkflowId,
            execution.RunId,
            t =>
            {
                ExecutionEngine.RequireFirstRun(t.State, request.FirstExecutionRunId);
                // A run that has closed needs no cancellation: that is what was wanted.
                return t.State.IsOpen && t.RequestCancel(facts);
            },
            call.CancellationToken);
        return new RequestCancelWorkflowExecutionResponse();
    }

    private async Task<TerminateWorkflowExecutionResponse> TerminateAsync(TerminateWorkflowExecutionRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var execution = RequestCheck.Execution(request.WorkflowExecution);
        RequestCheck.RunId(request.FirstExecutionRunId);
        await engine.ChangeAsync(
            space,
            execution.WorkflowId,
            execution.RunId,
            t =>
            {
                ExecutionEngine.RequireFirstRun(t.State, request.FirstExecutionRunId);
                t.Terminate(request.Reason, request.Details, request.Identity, request.Links);
            },
            call.CancellationToken);
        return new TerminateWorkflowExecutionResponse();
    }

    private async Task<ResetWorkflowExecutionResponse> ResetAsync(ResetWorkflowExecutionRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        RequestCheck.Execution(request.WorkflowExecution);
        if (request.RequestId.Length == 0)
            request.RequestId = Guid.NewGuid().ToString("D");
        RequestCheck.Length(request.RequestId, "RequestId");
        return new ResetWorkflowExecutionResponse { RunId = await engine.ResetAsync(space, request, call.CancellationToken) };
    }

    private async Task<DeleteWorkflowExecutionResponse> DeleteAsync(DeleteWorkflowExecutionRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var execution = RequestCheck.Execution(request.WorkflowExecution);
        await engine.DeleteAsync(space, execution.WorkflowId, execution.RunId, call.CancellationToken);
        return new DeleteWorkflowExecutionResponse();
    }

    private async Task<DescribeWorkflowExecutionResponse> DescribeAsync(DescribeWorkflowExecutionRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var execution = RequestCheck.Execution(request.Execution);
        return await engine.ReadAsync(space, execution.WorkflowId, execution.RunId, state => state.Describe(engine.Services.Clock.Now), call.CancellationToken);
    }

    private async Task<UpdateWorkflowExecutionOptionsResponse> UpdateOptionsAsync(UpdateWorkflowExecutionOptionsRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var execution = RequestCheck.Execution(request.WorkflowExecution);
        if (request.WorkflowExecutionOptions is not { } options || request.UpdateMask is not { } mask)
            throw RpcRefusal.InvalidArgument("WorkflowExecutionOptions and UpdateMask must be set on request.");
        var changed = await engine.ChangeAsync(space, execution.WorkflowId, execution.RunId, t => t.UpdateOptions(options, mask, request.Identity), call.CancellationToken);
        return new UpdateWorkflowExecutionOptionsResponse { WorkflowExecutionOptions = changed };
    }

    private async Task<QueryWorkflowResponse> QueryAsync(QueryWorkflowRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        RequestCheck.Execution(request.Execution);
        if (request.Query is null)
            throw RpcRefusal.InvalidArgument("WorkflowQuery is not set on request.");
        if (request.Query.QueryType.Length == 0)
            throw RpcRefusal.InvalidArgument("QueryType is not set on request.");
        return await engine.QueryAsync(space, request, call.CancellationToken);
    }
}
