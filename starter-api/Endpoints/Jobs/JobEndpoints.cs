namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>The scheduled jobs and their run ledger.</summary>
public static class JobEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/jobs").RequireAuthorization(Policies.Administer).WithTags("jobs");
        group.MapGet("", ListJobs.HandleAsync).WithName("list-jobs").WithSummary("All jobs, with the newest run of each");
        var job = group.MapGroup("/{job}").AddEndpointFilter(RequireKnownAsync);
        job.MapGet("/runs", ListJobRuns.HandleAsync).WithName("list-job-runs").WithSummary("The newest runs of one job, with what they found");
        job.MapPost("/run", TriggerJob.HandleAsync).WithMetadata(new AuditRefusals("job_refused"), new Performs(OperationNames.TriggerJob))
            .WithName("trigger-job").WithSummary("Run it now, out of turn");
        job.MapPut("", PauseJob.HandleAsync).WithMetadata(new AuditRefusals("job_refused"), new Performs(OperationNames.PauseJob))
            .WithName("pause-job").WithSummary("Pause it, or let it go on");
    }

    private static ValueTask<object?> RequireKnownAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.GetRouteValue("job") is string job && JobNames.All.Contains(job)
            ? next(context)
            : ValueTask.FromResult<object?>(new ApiProblem(ProblemTypes.NotFound));
}
