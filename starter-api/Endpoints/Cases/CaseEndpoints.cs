using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Hosting;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>Cases: what waits for a person.</summary>
public static class CaseEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var group = routes.MapGroup("/api/v1/cases").WithTags("cases");
        group.MapGet("", ListCases.HandleAsync).RequireAuthorization(Policies.Read).WithName("list-cases").WithSummary("Cases, the oldest first");
        group.MapGet("/{id}", GetCase.HandleAsync).RequireAuthorization(Policies.Read).WithName("get-case").WithSummary("One case");
        group.MapPost("/{id}/assign", AssignCase.HandleAsync).RequireAuthorization(Policies.Operate).WithMetadata(new AuditRefusals("case_refused"), new Performs(OperationNames.AssignCase))
            .WithName("assign-case").WithSummary("Give it an owner");
        group.MapPost("/{id}/close", CloseCase.HandleAsync).RequireAuthorization(Policies.Operate).WithMetadata(new AuditRefusals("case_refused"), new Performs(OperationNames.CloseCase))
            .WithName("close-case").WithSummary("Close it with evidence and another person's ticket");
        group.MapPost("/{id}/tickets", IssueCaseTicket.HandleAsync).RequireAuthorization(Policies.Approve).WithMetadata(new AuditRefusals("ticket_refused"))
            .WithName("issue-case-ticket").WithSummary("Issue a one-time ticket for its closing");
    }
}
