using System.Text.Json;

namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>GET /api/v1/jobs: what the workers keep a schedule for.</summary>
public static class ListJobs
{
    public static async Task<Ok<ListReply<JobReply>>> HandleAsync(JobReader reader, CancellationToken cancel) =>
        Replies.All(await reader.ListAsync(cancel), JobReply.Of);
}

/// <summary>GET /api/v1/jobs/{job}/runs: the newest first, <c>limit</c> of them (50 if left out, at most 200).</summary>
public static class ListJobRuns
{
    public static async Task<Results<Ok<ListReply<JobRunReply>>, ApiProblem>> HandleAsync(string job, HttpRequest request, JobReader reader, CancellationToken cancel)
    {
        var query = new QueryReader(request, "limit");
        var limit = query.Limit();
        return query.Problem() is { } wrong
            ? wrong
            : Replies.All(await reader.RunsAsync(job, limit, cancel), JobRunReply.Of);
    }
}

/// <summary>One job.</summary>
public sealed record JobReply
{
    public required string Job { get; init; }

    /// <summary>Seconds between two slots.</summary>
    public required int EverySeconds { get; init; }

    /// <summary>False: paused, or switched off by CRON_ENABLED; as the workers last saw it, at most a minute ago.</summary>
    public required bool Active { get; init; }

    /// <summary>The newest slot that anybody took; null if none.</summary>
    public JobRunReply? LastRun { get; init; }

    public static JobReply Of(JobState job) =>
        new() { Job = job.Job, EverySeconds = job.EverySeconds, Active = job.Active, LastRun = job.LastRun is { } run ? JobRunReply.Of(run) : null };
}

/// <summary>One slot of a job in the run ledger.</summary>
public sealed record JobRunReply
{
    public required DateTimeOffset Slot { get; init; }

    /// <summary><c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>skipped</c> (a kill switch) or <c>missed</c> (nobody ran it).</summary>
    public required string State { get; init; }

    public required int Tries { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it did and found, or its error; null while it runs.</summary>
    public JsonElement? Detail { get; init; }

    public static JobRunReply Of(JobRun run) => new()
    {
        Slot = run.Slot,
        State = UpperSnake.Lower(run.State),
        Tries = run.Tries,
        StartedAt = run.StartedAsOf,
        EndedAt = run.EndedAsOf,
        Detail = run.Detail is { } detail ? JsonElement.Parse(detail) : null,
    };
}
