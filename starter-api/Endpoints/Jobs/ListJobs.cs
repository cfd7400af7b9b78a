using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;

namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>GET /api/v1/jobs: what the workers keep a schedule for.</summary>
public static class ListJobs
{
    public static async Task<Ok<ListReply<JobReply>>> HandleAsync(JobReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return TypedResults.Ok(new ListReply<JobReply>([.. (await reader.ListAsync(cancel)).Select(JobReply.Of)], null));
    }
}
