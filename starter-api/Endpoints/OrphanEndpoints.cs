using Microsoft.AspNetCore.Mvc;

namespace Settlement.StarterApi.Endpoints;

/// <summary>Open workflows without an open settlement, as the job <c>orphans</c> reports them.</summary>
public static class OrphanEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/orphans/{workflow_id}/end", EndAsync).RequireAuthorization(Policies.Administer)
            .WithMetadata(new AuditRefusals("orphan_refused"), new Performs(OperationNames.EndOrphan))
            .WithName("end-orphan").WithSummary("End an open workflow that has no open settlement").WithTags("orphans");

    // The workflow of the action checks that it is an orphan.
    private static Task<Results<Ok<OperationReply>, ApiProblem>> EndAsync(
        [FromRoute(Name = "workflow_id")] string workflowId, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk) =>
        desk.RunAsync(context, user, OperationNames.EndOrphan, body.Value.Reason, caller => caller.Action<EndOrphanAction>() with { WorkflowId = workflowId });
}
