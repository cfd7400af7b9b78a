using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database.Api;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>Actions about a settlement that its own workflow cannot take, because it has ended: each is a short workflow of its own.</summary>
public static class SettlementOperations
{
    /// <summary>Path, type of the workflow, its input and what it does.</summary>
    public static IReadOnlyList<(string Path, string Operation, Func<ActionCaller, Guid, OperatorAction> Input, string Summary)> All { get; } =
    [
        ("return", OperationNames.ReturnPayment, (caller, id) => caller.Action<ReturnAction>() with { SettlementId = id },
            "Ask for a settled payment back, as a new, linked settlement"),
        ("restore", OperationNames.RestoreSettlement, (caller, id) => caller.Action<RestoreAction>() with { SettlementId = id },
            "Bring the records of an archived settlement back"),
        ("revive", OperationNames.ReviveSettlement, (caller, id) => caller.Action<ReviveAction>() with { SettlementId = id },
            "Give an open settlement its workflow back, which was terminated"),
    ];

    /// <summary>The endpoint of one of them.</summary>
    public static Delegate Handler(string operation, Func<ActionCaller, Guid, OperatorAction> input) =>
        (string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, SettlementHeaders headers, OperatorDesk desk) =>
            RunAsync(id, body.Value.Reason, user, context, headers, desk, operation, input);

    private static async Task<Results<Ok<OperationReply>, ApiProblem>> RunAsync(
        string id, string reason, CurrentUser user, HttpContext context, SettlementHeaders headers, OperatorDesk desk, string operation, Func<ActionCaller, Guid, OperatorAction> input)
    {
        var settlement = await headers.FindAsync(id, user.ActionScope, context.RequestAborted);
        return settlement is null
            ? new ApiProblem(ProblemTypes.NotFound)
            : await desk.RunAsync(context, user, operation, reason, caller => input(caller, settlement.SettlementId));
    }
}
