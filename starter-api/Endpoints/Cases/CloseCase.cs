using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>POST /api/v1/cases/{id}/close: with evidence, and with another person's ticket for this very case.</summary>
public static class CloseCase
{
    public static async Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<CloseCaseRequest> body, CurrentUser user, HttpContext context, CaseReader reader, OperatorDesk desk)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(desk);
        var request = body.Value;
        var errors = new FieldErrors();
        errors.RequireProse("/evidence", request.Evidence, ResolveAction.MaxEvidenceLength);
        errors.RequireIdentifier("/ticket", request.Ticket, TicketedAction.MaxTicketLength);
        if (errors.Any)
            return new ApiProblem(ProblemTypes.ValidationFailed, errors: errors.All);
        if (await GetCase.FindAsync(reader, id, user.ActionScope, context.RequestAborted) is not { } row)
            return new ApiProblem(ProblemTypes.NotFound);
        return await desk.RunAsync(context, user, OperationNames.CloseCase, request.Reason, caller => caller.Action<CloseCaseAction>() with
        {
            CaseId = row.Case.CaseId,
            Evidence = request.Evidence,
            Ticket = request.Ticket,
        });
    }
}
