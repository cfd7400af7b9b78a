using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>POST /settlements/{id}/extend-deadline: moves the deadline of the present wait.</summary>
public static class ExtendDeadline
{
    public static Task<Results<Ok<OperatorReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ExtendDeadlineRequest> body, CurrentUser user, HttpContext context, SettlementActions actions)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(actions);
        var request = body.Value;
        return actions.RunAsync(
            context, id, user, SettlementNames.ExtendDeadlineUpdate, request.Reason, caller => caller.Action<ExtendDeadlineAction>() with { Until = request.Until });
    }
}
