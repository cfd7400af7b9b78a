using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Settlement.StarterApi.Endpoints;

/// <summary>Health for orchestrators. The answers say no more than each part's name and whether it answers; the log has the rest.</summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>What readiness asks: database, migrations and Temporal.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ReadinessProbe>();
        services.AddHealthChecks()
            .Add(Check("database", provider => async cancel =>
            {
                await using var command = provider.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT 1");
                return await command.ExecuteScalarAsync(cancel) is 1;
            }))
            .Add(Check("migrations", provider => async cancel => (await DatabaseMigrator.PendingAsync(provider.GetRequiredService<NpgsqlDataSource>(), cancel)).Count == 0))
            .Add(Check("temporal", provider => async cancel =>
            {
                await provider.GetRequiredService<ISettlementWorkflows>().CheckAsync(cancel);
                return true;
            }));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("health").AllowAnonymous();
        group.MapGet("/live", () => TypedResults.Ok(new HealthReply { Status = HealthReply.Healthy }))
            .WithName("health-live").WithSummary("The process runs");
        group.MapGet("/ready", ReadyAsync).WithName("health-ready").WithSummary("Database, migrations and Temporal answer");
        group.MapGet("", ReadyAsync).WithName("health").WithSummary("The same as ready");
    }

    // 200 when every part answers, else 503 with the same body.
    private static async Task<Results<Ok<HealthReply>, JsonHttpResult<HealthReply>>> ReadyAsync(ReadinessProbe probe, CancellationToken cancel)
    {
        var reply = await probe.CheckAsync(cancel);
        return reply.Status == HealthReply.Healthy
            ? TypedResults.Ok(reply)
            : TypedResults.Json(reply, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static HealthCheckRegistration Check(string name, Func<IServiceProvider, Func<CancellationToken, Task<bool>>> question) =>
        new(name, provider => new Dependency(question(provider)), failureStatus: null, tags: null, Limit);

    private sealed class Dependency(Func<CancellationToken, Task<bool>> answers) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                return await answers(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
            }
#pragma warning disable CA1031 // Whatever a dependency throws is the answer "it is not well", and one line in the log instead of a stack trace a second.
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                return HealthCheckResult.Unhealthy(failure.Message);
            }
        }
    }
}

/// <summary>State of the service and of what it depends on.</summary>
public sealed record HealthReply
{
    public const string Healthy = "healthy";
    public const string Unhealthy = "unhealthy";

    /// <summary><c>healthy</c> or <c>unhealthy</c>.</summary>
    public required string Status { get; init; }

    /// <summary>By name: <c>database</c>, <c>migrations</c>, <c>temporal</c>.</summary>
    public IReadOnlyDictionary<string, string>? Checks { get; init; }
}

/// <summary>Asks the checks at most once a second whatever the number of callers: health must not become load.</summary>
public sealed class ReadinessProbe(HealthCheckService health, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim gate = new(1, 1);
    private HealthReply? last;
    private long lastAt;

    public async Task<HealthReply> CheckAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            if (last is not null && clock.GetElapsedTime(lastAt) < Freshness)
                return last;
            var report = await health.CheckHealthAsync(cancel);
            last = new HealthReply { Status = Word(report.Status), Checks = report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status)) };
            lastAt = clock.GetTimestamp();
            return last;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => gate.Dispose();

    private static string Word(HealthStatus status) => status == HealthStatus.Healthy ? HealthReply.Healthy : HealthReply.Unhealthy;
}
