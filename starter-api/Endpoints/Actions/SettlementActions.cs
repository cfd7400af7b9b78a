using Settlement.Database.Api;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>
/// The way of every action: find the settlement within the caller's scope, send the update, turn the workflow's answer into ours. The
/// API decides nothing about a settlement's state; the workflow's validator does, for every client alike.
/// </summary>
public sealed class SettlementActions(SettlementHeaders headers, TicketDesk tickets, ISettlementWorkflows workflows, ILogger<SettlementActions> log)
{
    /// <summary>Sends one update in the caller's name.</summary>
    public async Task<Results<Ok<OperatorReply>, ApiProblem>> RunAsync(
        HttpContext context, string id, CurrentUser user, string update, string reason, Func<ActionCaller, OperatorAction> build)
    {
        if (OperatorDesk.Caller(context, user, reason, out var caller) is { } wrong)
            return wrong;
        var settlement = await headers.FindAsync(id, user.ActionScope, context.RequestAborted);
        return settlement is null
            ? new ApiProblem(ProblemTypes.NotFound)
            : await SendAsync(settlement, update, build(caller!), context.RequestAborted);
    }

    /// <summary>Approve and reject: the ticket is issued to the caller and redeemed by the workflow at once.</summary>
    public async Task<Results<Ok<OperatorReply>, ApiProblem>> RunWithOwnTicketAsync(
        HttpContext context, string id, CurrentUser user, string update, string ticketAction, string reason)
    {
        if (OperatorDesk.Caller(context, user, reason, out var caller) is { } wrong)
            return wrong;
        var settlement = await headers.FindAsync(id, user.ActionScope, context.RequestAborted);
        if (settlement is null)
            return new ApiProblem(ProblemTypes.NotFound);
        if (TicketDesk.RefuseOwn(settlement, user) is { } own)
            return own;
        var issued = await tickets.IssueAsync(settlement, ticketAction, null, user, reason, caller!.RequestId, context.RequestAborted);
        return await SendAsync(settlement, update, caller.Action<TicketedAction>() with { Ticket = issued.Ticket }, context.RequestAborted);
    }

    private async Task<Results<Ok<OperatorReply>, ApiProblem>> SendAsync(
        SettlementHeader settlement, string update, OperatorAction action, CancellationToken cancel)
    {
        var outcome = await workflows.PerformAsync(settlement.Reference, update, action, cancel);
        log.ActionDone(update, settlement.SettlementId, action.Operator, outcome.Kind.ToString());
        return outcome.Kind switch
        {
            ActionOutcomeKind.Done => TypedResults.Ok(outcome.Reply!),
            ActionOutcomeKind.Refused => OperatorDesk.Refusal(outcome.Reason, outcome.FailureType),
            ActionOutcomeKind.NotOpen => NotOpen(settlement),
            _ => new ApiProblem(
                ProblemTypes.Unavailable,
                $"The workflow has not answered yet. Send the same request with Idempotency-Key {action.RequestId} to get its answer.",
                retryAfter: TimeSpan.FromSeconds(5)),
        };
    }

    private static ApiProblem NotOpen(SettlementHeader settlement) => SettlementTransitions.IsTerminal(settlement.Status)
        ? new ApiProblem(ProblemTypes.ActionRefused, $"The settlement is {UpperSnake.Lower(settlement.Status)}, which is final.")
        : new ApiProblem(ProblemTypes.Unavailable, "The settlement's workflow is being started.", retryAfter: TimeSpan.FromSeconds(2));
}
