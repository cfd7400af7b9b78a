namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>POST /api/v1/cases/{id}/assign.</summary>
public static class AssignCase
{
    public static async Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<AssignCaseRequest> body, CurrentUser user, HttpContext context, CaseReader reader, OperatorDesk desk)
    {
        var errors = new FieldErrors();
        errors.RequireIdentifier("/owner", body.Value.Owner);
        if (errors.Problem() is { } wrong)
            return wrong;
        if (await GetCase.FindAsync(reader, id, user.ActionScope, context.RequestAborted) is not { } row)
            return new ApiProblem(ProblemTypes.NotFound);
        return await desk.RunAsync(context, user, OperationNames.AssignCase, body.Value.Reason, caller => caller.Action<AssignCaseAction>() with { CaseId = row.Case.CaseId, Owner = body.Value.Owner });
    }
}

/// <summary>Body of POST /api/v1/cases/{id}/assign.</summary>
public sealed record AssignCaseRequest
{
    /// <summary>User name of who takes care of it.</summary>
    public required string Owner { get; init; }

    /// <summary>Why; ends up in the audit log.</summary>
    public required string Reason { get; init; }
}
