using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>
/// POST /settlements/{id}/resolve: an operator says, with evidence and another person's ticket, what became of an instruction whose
/// outcome the bank cannot tell.
/// </summary>
public static class Resolve
{
    public static async Task<Results<Ok<OperatorReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ResolveRequest> body, CurrentUser user, HttpContext context, SettlementActions actions)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(actions);
        var request = body.Value;
        var errors = new FieldErrors();
        if (request.Outcome is not (ResolveAction.Confirmed or ResolveAction.NotExecuted))
            errors.Add("/outcome", $"must be {ResolveAction.Confirmed} or {ResolveAction.NotExecuted}");
        errors.RequireProse("/evidence", request.Evidence, ResolveAction.MaxEvidenceLength);
        errors.RequireIdentifier("/ticket", request.Ticket, TicketedAction.MaxTicketLength);
        if (errors.Any)
            return new ApiProblem(ProblemTypes.ValidationFailed, errors: errors.All);
        return await actions.RunAsync(context, id, user, SettlementNames.ResolveUpdate, request.Reason, caller => caller.Action<ResolveAction>() with
        {
            Outcome = request.Outcome,
            Evidence = request.Evidence,
            Ticket = request.Ticket,
        });
    }
}
