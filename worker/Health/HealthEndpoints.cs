using Npgsql;
using Settlement.Hosting;
using Settlement.Worker.Startup;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Worker.Health;

/// <summary><c>/health/live</c>: the process runs. <c>/health/ready</c>: start-up is done, and database and Temporal answer.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(WorkerState state, NpgsqlDataSource database, ITemporalClient temporal, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var checks = new Dictionary<string, string>
        {
            ["startup"] = state.Started ? "ok" : "starting",
            ["database"] = await DatabaseAsync(database, limit.Token),
            ["temporal"] = await TemporalAsync(temporal, limit.Token),
        };
        var ready = checks.Values.All(c => c == "ok");
        return Results.Json(new { status = ready ? "ready" : "not_ready", checks }, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string> DatabaseAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return "ok";
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            return "unreachable";
        }
    }

    private static async Task<string> TemporalAsync(ITemporalClient temporal, CancellationToken cancellationToken)
    {
        try
        {
            return await temporal.Connection.CheckHealthAsync(options: new RpcOptions { CancellationToken = cancellationToken }) ? "ok" : "not_serving";
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException || TemporalOutage.Is(e))
        {
            return "unreachable";
        }
    }
}
