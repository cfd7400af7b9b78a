namespace Settlement.StarterApi.Endpoints.Health;

/// <summary>Health for orchestrators. They say no more than each part's name and whether it answers.</summary>
public static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("health").AllowAnonymous();
        group.MapGet("/live", () => TypedResults.Ok(new HealthReply { Status = HealthReply.Healthy }))
            .WithName("health-live").WithSummary("The process runs");
        group.MapGet("/ready", CheckHealth.HandleAsync).WithName("health-ready").WithSummary("Database, migrations and Temporal answer");
        group.MapGet("", CheckHealth.HandleAsync).WithName("health").WithSummary("The same as ready");
    }
}
