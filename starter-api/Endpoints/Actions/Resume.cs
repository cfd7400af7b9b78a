using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>POST /settlements/{id}/resume: lets a paused settlement go on.</summary>
public static class Resume
{
    public static Task<Results<Ok<OperatorReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, SettlementActions actions)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(actions);
        return actions.RunAsync(context, id, user, SettlementNames.ResumeUpdate, caller => new OperatorAction
        {
            Operator = caller.Operator,
            Reason = body.Value.Reason,
            RequestId = caller.RequestId,
            Source = caller.Source,
        });
    }
}
