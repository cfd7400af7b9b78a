using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>POST /settlements/{id}/pause: holds the settlement before its next step.</summary>
public static class Pause
{
    public static Task<Results<Ok<OperatorReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, SettlementActions actions)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(actions);
        return actions.RunAsync(context, id, user, SettlementNames.PauseUpdate, caller => new OperatorAction
        {
            Operator = caller.Operator,
            Reason = body.Value.Reason,
            RequestId = caller.RequestId,
            Source = caller.Source,
        });
    }
}
