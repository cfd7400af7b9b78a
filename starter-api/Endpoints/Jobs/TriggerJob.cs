using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.StarterApi.Endpoints.Actions;
using Settlement.StarterApi.Endpoints.Operations;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>POST /api/v1/jobs/{job}/run.</summary>
public static class TriggerJob
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string job, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(desk);
        return desk.RunAsync(context, user, OperationNames.TriggerJob, body.Value.Reason, caller => caller.Action<TriggerJobAction>() with { Job = job });
    }
}
