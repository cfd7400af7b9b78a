namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>PUT /api/v1/jobs/{job}.</summary>
public static class PauseJob
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string job, JsonBody<PauseJobRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk) =>
        desk.RunAsync(context, user, OperationNames.PauseJob, body.Value.Reason, caller => caller.Action<PauseJobAction>() with { Job = job, Paused = body.Value.Paused });
}

/// <summary>Body of PUT /api/v1/jobs/{job}.</summary>
public sealed record PauseJobRequest
{
    /// <summary>True pauses, false lets it go on.</summary>
    public required bool Paused { get; init; }

    /// <summary>Why; ends up in the audit log and in the schedule's note.</summary>
    public required string Reason { get; init; }
}

/// <summary>POST /api/v1/jobs/{job}/run.</summary>
public static class TriggerJob
{
    public static Task<Results<Ok<OperationReply>, ApiProblem>> HandleAsync(
        string job, JsonBody<ActionRequest> body, CurrentUser user, HttpContext context, OperatorDesk desk) =>
        desk.RunAsync(context, user, OperationNames.TriggerJob, body.Value.Reason, caller => caller.Action<TriggerJobAction>() with { Job = job });
}
