using Settlement.Database.Api;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>What people do to a settlement. Each is a workflow update of the same name, with the same effect as from the command line.</summary>
public static class ActionEndpoints
{
    /// <summary>Maps the actions below <c>{prefix}/{id}</c>.</summary>
    public static void Map(RouteGroupBuilder settlements, string names)
    {
        foreach (var (path, update, summary) in PlainActions.OfOperators)
            Post(settlements, path, update, PlainActions.Operator(update), Policies.Operate, summary, names);
        foreach (var (path, update, ticket, summary) in PlainActions.OfApprovers)
            Post(settlements, path, update, PlainActions.Approver(update, ticket), Policies.Approve, summary, names);
        Post(settlements, "resolve", SettlementNames.ResolveUpdate, Resolve.HandleAsync, Policies.Operate, "Say with evidence what became of an instruction", names);
        Post(settlements, "extend-deadline", SettlementNames.ExtendDeadlineUpdate, ExtendDeadline.HandleAsync, Policies.Operate, "Move the deadline of the present wait", names);
        foreach (var (path, operation, input, summary) in SettlementOperations.All)
            Post(settlements, path, operation, SettlementOperations.Handler(operation, input), Policies.Operate, summary, names);
    }

    private static void Post(RouteGroupBuilder settlements, string path, string actionName, Delegate handler, string policy, string summary, string names) =>
        settlements.MapPost("/{id}/" + path, handler).RequireAuthorization(policy)
            .WithMetadata(new AuditRefusals("action_refused"), new Performs(actionName)).WithName(names + path).WithSummary(summary).WithTags("actions");
}

/// <summary>The actions that say nothing but why: each is the workflow update of its name, so one table holds them all.</summary>
public static class PlainActions
{
    /// <summary>Path, update and what it does, of an operator's actions.</summary>
    public static IReadOnlyList<(string Path, string Update, string Summary)> OfOperators { get; } =
    [
        ("retry", SettlementNames.RetryUpdate, "Try again after a proven failure, with a new instruction"),
        ("cancel", SettlementNames.CancelUpdate, "Cancel; past the point of no return, ask the bank to recall"),
        ("retry-compensation", SettlementNames.RetryCompensationUpdate, "Try a failing compensation again now"),
        ("pause", SettlementNames.PauseUpdate, "Hold before the next step"),
        ("resume", SettlementNames.ResumeUpdate, "Let a paused settlement go on"),
    ];

    /// <summary>Path, update, the ticket it needs and what it does, of an approver's actions. The ticket is issued and used in one go.</summary>
    public static IReadOnlyList<(string Path, string Update, string Ticket, string Summary)> OfApprovers { get; } =
    [
        ("approve", SettlementNames.ApproveUpdate, TicketAction.Approve, "Agree, as a second person"),
        ("reject", SettlementNames.RejectUpdate, TicketAction.Reject, "Refuse, as a second person"),
    ];

    /// <summary>The endpoint of an operator's action.</summary>
    public static Delegate Operator(string update) =>
        (string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, SettlementActions actions) =>
            actions.RunAsync(context, id, user, update, body.Value.Reason, caller => caller.Action<OperatorAction>());

    /// <summary>The endpoint of an approver's action.</summary>
    public static Delegate Approver(string update, string ticket) =>
        (string id, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, SettlementActions actions) =>
            actions.RunWithOwnTicketAsync(context, id, user, update, ticket, body.Value.Reason);
}

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
