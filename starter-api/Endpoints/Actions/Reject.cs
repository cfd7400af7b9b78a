using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database.Api;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>POST /settlements/{id}/reject: a second person refuses. The ticket that the update needs is issued to the signed-in approver and used at once.</summary>
public static class Reject
{
    public static Task<Results<Ok<OperatorReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, SettlementActions actions)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(actions);
        return actions.RunWithOwnTicketAsync(context, id, user, SettlementNames.RejectUpdate, TicketAction.Reject, body.Value.Reason);
    }
}
