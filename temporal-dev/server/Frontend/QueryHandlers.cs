using Grpc.Core;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Frontend;

/// <summary>Queries of clients.</summary>
internal sealed class QueryHandlers(ExecutionEngine engine, Spaces spaces)
{
    public void Register(ServiceTable service) => service.Unary<QueryWorkflowRequest, QueryWorkflowResponse>("QueryWorkflow", QueryAsync);

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
