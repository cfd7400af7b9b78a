namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>POST /api/v1/cases/{id}/close: with evidence, and with another person's ticket for this very case.</summary>
public static class CloseCase
{
    public static async Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<CloseCaseRequest> body, CurrentUser user, HttpContext context, CaseReader reader, OperatorDesk desk)
    {
        var request = body.Value;
        var errors = new FieldErrors();
        errors.RequireProse("/evidence", request.Evidence, ResolveAction.MaxEvidenceLength);
        errors.RequireIdentifier("/ticket", request.Ticket, TicketedAction.MaxTicketLength);
        if (errors.Problem() is { } wrong)
            return wrong;
        if (await GetCase.FindAsync(reader, id, user.ActionScope, context.RequestAborted) is not { } row)
            return new ApiProblem(ProblemTypes.NotFound);
        return await desk.RunAsync(context, user, OperationNames.CloseCase, request.Reason, caller => caller.Action<CloseCaseAction>() with
        {
            CaseId = row.Case.CaseId,
            Evidence = request.Evidence,
            Ticket = request.Ticket,
        });
    }
}

/// <summary>Body of POST /api/v1/cases/{id}/close.</summary>
public sealed record CloseCaseRequest
{
    /// <summary>What was decided; ends up in case and audit.</summary>
    public required string Reason { get; init; }

    /// <summary>What the decision rests on.</summary>
    public required string Evidence { get; init; }

    /// <summary>A ticket for this case, issued to another person with the role APPROVER.</summary>
    public required string Ticket { get; init; }
}
