using Settlement.Database.Api;

namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>POST /settlements/{id}/tickets: an approver's agreement, to be used from the command line or by an operator.</summary>
public static class IssueTicket
{
    public static async Task<Results<Created<TicketReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<TicketRequest> body, CurrentUser user, HttpContext context, SettlementHeaders headers, TicketDesk desk)
    {
        var request = body.Value;
        if (Check(request) is { } wrong)
            return wrong;
        var settlement = await headers.FindAsync(id, user.ActionScope, context.RequestAborted);
        if (settlement is null)
            return new ApiProblem(ProblemTypes.NotFound);
        if (TicketDesk.RefuseOwn(settlement, user) is { } own)
            return own;
        var issued = await desk.IssueAsync(settlement, request.Action, request.Outcome, user, request.Reason, context.TraceIdentifier, context.RequestAborted);
        return TypedResults.Created((string?)null, new TicketReply
        {
            Ticket = issued.Ticket,
            SettlementId = settlement.SettlementId,
            Action = request.Action,
            Outcome = request.Outcome,
            ExpiresAt = issued.ExpiresAt,
        });
    }

    private static ApiProblem? Check(TicketRequest request)
    {
        var errors = new FieldErrors();
        if (!TicketAction.All.Contains(request.Action))
            errors.Add("/action", "must be approve, reject or resolve");
        if (request.Action == TicketAction.Resolve && request.Outcome is not (ResolveAction.Confirmed or ResolveAction.NotExecuted))
            errors.Add("/outcome", $"must be {ResolveAction.Confirmed} or {ResolveAction.NotExecuted}");
        if (request.Action != TicketAction.Resolve && request.Outcome is not null)
            errors.Add("/outcome", "is for resolve only");
        errors.RequireProse("/reason", request.Reason, OperatorAction.MaxReasonLength);
        return errors.Problem();
    }
}

/// <summary>Body of POST /settlements/{id}/tickets.</summary>
public sealed record TicketRequest
{
    /// <summary><c>approve</c>, <c>reject</c> or <c>resolve</c>.</summary>
    public required string Action { get; init; }

    /// <summary>For <c>resolve</c>: the outcome that is agreed to, <c>confirmed</c> or <c>not_executed</c>. The ticket serves no other.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why; ends up in the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>A ticket, shown once.</summary>
public sealed record TicketReply
{
    public required string Ticket { get; init; }
    public required Guid SettlementId { get; init; }

    /// <summary>The case that it closes; absent for other actions.</summary>
    public Guid? CaseId { get; init; }

    public required string Action { get; init; }
    public string? Outcome { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
