using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>PUT /api/v1/jobs/{job}.</summary>
public static class PauseJob
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string job, JsonBody<PauseJobRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(desk);
        return desk.RunAsync(context, user, OperationNames.PauseJob, body.Value.Reason, caller => caller.Action<PauseJobAction>() with { Job = job, Paused = body.Value.Paused });
    }
}
