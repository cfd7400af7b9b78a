using Settlement.Database.Api;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>The actions that say nothing but why: each is the workflow update of its name, so one table holds them all.</summary>
public static class PlainActions
{
    /// <summary>Path, update and what it does, of an operator's action.</summary>
    public static IReadOnlyList<(string Path, string Update, string Summary)> OfOperators { get; } =
    [
        ("retry", SettlementNames.RetryUpdate, "Try again after a proven failure, with a new instruction"),
        ("cancel", SettlementNames.CancelUpdate, "Cancel; past the point of no return, ask the bank to recall"),
        ("retry-compensation", SettlementNames.RetryCompensationUpdate, "Try a failing compensation again now"),
        ("pause", SettlementNames.PauseUpdate, "Hold before the next step"),
        ("resume", SettlementNames.ResumeUpdate, "Let a paused settlement go on"),
    ];

    /// <summary>Path, update, the ticket it needs and what it does, of an approver's action. The ticket is issued and used in one go.</summary>
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
