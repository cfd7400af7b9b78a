using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>POST /settlements/{id}/cancel: ends it before the point of no return; after it, asks the bank to recall the payment.</summary>
public static class Cancel
{
    public static Task<Results<Ok<OperatorReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, SettlementActions actions)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(actions);
        return actions.RunAsync(context, id, user, SettlementNames.CancelUpdate, caller => new OperatorAction
        {
            Operator = caller.Operator,
            Reason = body.Value.Reason,
            RequestId = caller.RequestId,
            Source = caller.Source,
        });
    }
}
