using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>POST /api/v1/cases/{id}/assign.</summary>
public static class AssignCase
{
    public static async Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string id, JsonBody<AssignCaseRequest> body, CurrentUser user, HttpContext context, CaseReader reader, OperatorDesk desk)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(desk);
        var errors = new FieldErrors();
        errors.RequireIdentifier("/owner", body.Value.Owner);
        if (errors.Any)
            return new ApiProblem(ProblemTypes.ValidationFailed, errors: errors.All);
        if (await GetCase.FindAsync(reader, id, user.ActionScope, context.RequestAborted) is not { } row)
            return new ApiProblem(ProblemTypes.NotFound);
        return await desk.RunAsync(context, user, OperationNames.AssignCase, body.Value.Reason, caller => caller.Action<AssignCaseAction>() with { CaseId = row.Case.CaseId, Owner = body.Value.Owner });
    }
}
