using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Settlement.StarterApi.Endpoints.Actions;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Orphans;

/// <summary>POST /api/v1/orphans/{workflow_id}/end. The workflow of the action checks that it is an orphan.</summary>
public static class EndOrphan
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        [FromRoute(Name = "workflow_id")] string workflowId, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(desk);
        return desk.RunAsync(context, user, OperationNames.EndOrphan, body.Value.Reason, caller => caller.Action<EndOrphanAction>() with { WorkflowId = workflowId });
    }
}
