namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>POST /api/v1/jobs/{job}/run.</summary>
public static class TriggerJob
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string job, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk) =>
        desk.RunAsync(context, user, OperationNames.TriggerJob, body.Value.Reason, caller => caller.Action<TriggerJobAction>() with { Job = job });
}
