using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.StarterApi.Problems;

namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>GET /api/v1/jobs/{job}/runs: the newest first, <c>limit</c> of them (50 if left out, at most 200).</summary>
public static class ListJobRuns
{
    public static async Task<Results<Ok<ListReply<JobRunReply>>, ApiProblem>> HandleAsync(string job, HttpRequest request, JobReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var query = new QueryReader(request, "limit");
        var limit = query.Limit();
        return query.Problem() is { } wrong
            ? wrong
            : TypedResults.Ok(new ListReply<JobRunReply>([.. (await reader.RunsAsync(job, limit, cancel)).Select(JobRunReply.Of)], null));
    }
}
