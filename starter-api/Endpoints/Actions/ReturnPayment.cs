using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database.Api;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>POST /settlements/{id}/return: asks for a settled payment back. The return is a settlement of its own, which a second person approves.</summary>
public static class ReturnPayment
{
    public static async Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, SettlementHeaders headers, OperatorDesk desk)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(desk);
        var settlement = await headers.FindAsync(id, user.ActScope, context.RequestAborted);
        return settlement is null
            ? new ApiProblem(ProblemTypes.NotFound)
            : await desk.RunAsync(context, user, OperationNames.ReturnPayment, body.Value.Reason, caller => new ReturnAction
            {
                Operator = caller.Operator,
                Reason = body.Value.Reason,
                RequestId = caller.RequestId,
                Source = caller.Source,
                SettlementId = settlement.SettlementId,
            });
    }
}
