namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>
/// POST /settlements/{id}/resolve: an operator says, with evidence and another person's ticket, what became of an instruction whose
/// outcome the bank cannot tell.
/// </summary>
public static class Resolve
{
    public static async Task<Results<Ok<OperatorReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<ResolveRequest> body, CurrentUser user, HttpContext context, SettlementActions actions)
    {
        var request = body.Value;
        var errors = new FieldErrors();
        if (request.Outcome is not (ResolveAction.Confirmed or ResolveAction.NotExecuted))
            errors.Add("/outcome", $"must be {ResolveAction.Confirmed} or {ResolveAction.NotExecuted}");
        errors.RequireProse("/evidence", request.Evidence, ResolveAction.MaxEvidenceLength);
        errors.RequireIdentifier("/ticket", request.Ticket, TicketedAction.MaxTicketLength);
        if (errors.Problem() is { } wrong)
            return wrong;
        return await actions.RunAsync(context, id, user, SettlementNames.ResolveUpdate, request.Reason, caller => caller.Action<ResolveAction>() with
        {
            Outcome = request.Outcome,
            Evidence = request.Evidence,
            Ticket = request.Ticket,
        });
    }
}

/// <summary>Body of POST /settlements/{id}/resolve.</summary>
public sealed record ResolveRequest
{
    /// <summary>Why; ends up in history and audit.</summary>
    public required string Reason { get; init; }

    /// <summary><c>confirmed</c>: the bank has moved the money. <c>not_executed</c>: it has not and will not.</summary>
    public required string Outcome { get; init; }

    /// <summary>What the decision rests on.</summary>
    public required string Evidence { get; init; }

    /// <summary>A ticket for this outcome, issued to another person with the role APPROVER.</summary>
    public required string Ticket { get; init; }
}
