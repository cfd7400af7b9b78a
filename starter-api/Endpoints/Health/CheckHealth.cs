using Microsoft.AspNetCore.Http.HttpResults;

namespace Settlement.StarterApi.Endpoints.Health;

/// <summary>GET /health/ready and /health: 200 when every part answers, else 503 with the same body.</summary>
public static class CheckHealth
{
    public static async Task<Results<Ok<HealthReply>, JsonHttpResult<HealthReply>>> HandleAsync(ReadinessProbe probe, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(probe);
        var reply = await probe.CheckAsync(cancel);
        return reply.Status == HealthReply.Healthy
            ? TypedResults.Ok(reply)
            : TypedResults.Json(reply, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
