using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Hosting;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Orphans;

/// <summary>Open workflows without an open settlement, as the job <c>orphans</c> reports them.</summary>
public static class OrphanEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapPost("/api/v1/orphans/{workflow_id}/end", EndOrphan.HandleAsync).RequireAuthorization(Policies.Administer)
            .WithMetadata(new AuditRefusals("orphan_refused"), new Performs(OperationNames.EndOrphan))
            .WithName("end-orphan").WithSummary("End an open workflow that has no open settlement").WithTags("orphans");
    }
}
