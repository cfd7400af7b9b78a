using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>POST /settlements/{id}/retry: from AWAITING_RETRY, a new attempt with a new instruction.</summary>
public static class Retry
{
    public static Task<Results<Ok<OperatorReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, SettlementActions actions)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(actions);
        return actions.RunAsync(context, id, user, SettlementNames.RetryUpdate, caller => new OperatorAction
        {
            Operator = caller.Operator,
            Reason = body.Value.Reason,
            RequestId = caller.RequestId,
            Source = caller.Source,
        });
    }
}
