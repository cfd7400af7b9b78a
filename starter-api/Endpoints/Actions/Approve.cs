using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database.Api;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>POST /settlements/{id}/approve: a second person agrees. The ticket that the update needs is issued to the signed-in approver and used at once.</summary>
public static class Approve
{
    public static Task<Results<Ok<OperatorReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, SettlementActions actions)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(actions);
        return actions.RunWithOwnTicketAsync(context, id, user, SettlementNames.ApproveUpdate, TicketAction.Approve, body.Value.Reason);
    }
}
