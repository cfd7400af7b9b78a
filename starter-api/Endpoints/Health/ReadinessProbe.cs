using Npgsql;
using Settlement.Database;
using Settlement.StarterApi.Logging;
using Settlement.StarterApi.Temporal;

namespace Settlement.StarterApi.Endpoints.Health;

/// <summary>Asks each dependency, at most once a second whatever the number of callers: health must not become load.</summary>
public sealed class ReadinessProbe(NpgsqlDataSource database, ISettlementWorkflows workflows, TimeProvider clock, ILogger<ReadinessProbe> log) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

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
            last = await AskAllAsync(cancel);
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

    private async Task<HealthReply> AskAllAsync(CancellationToken cancel)
    {
        var pending = AskAsync("migrations", async token => (await DatabaseMigrator.PendingAsync(database, token)).Count == 0, cancel);
        var answers = AskAsync("database", async token => await PingAsync(token), cancel);
        var temporal = AskAsync("temporal", async token =>
        {
            await workflows.CheckAsync(token);
            return true;
        }, cancel);
        var checks = (await Task.WhenAll(answers, pending, temporal)).ToDictionary(c => c.Name, c => c.Ok ? HealthReply.Healthy : HealthReply.Unhealthy);
        return new HealthReply { Status = checks.ContainsValue(HealthReply.Unhealthy) ? HealthReply.Unhealthy : HealthReply.Healthy, Checks = checks };
    }

    private async Task<bool> PingAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("SELECT 1");
        return await command.ExecuteScalarAsync(cancel) is 1;
    }

    private async Task<(string Name, bool Ok)> AskAsync(string name, Func<CancellationToken, Task<bool>> ask, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            return (name, await ask(limit.Token));
        }
#pragma warning disable CA1031 // Whatever a dependency throws is the answer "it is not well"; the log has the rest.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.NotReady(name, failure.Message);
            return (name, false);
        }
    }
}
