using Npgsql;

namespace Settlement.StarterApi.Hosting;

/// <summary>
/// Holds the start back until the worker has migrated the database. The API never migrates: it has no right to. Kestrel opens its port
/// after this service has started, so nobody meets a half-made schema.
/// </summary>
public sealed class SchemaWait(NpgsqlDataSource database, IOptions<ApiOptions> options, TimeProvider clock, ILogger<SchemaWait> log) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc />
    /// <exception cref="ConfigurationException">The schema is not there after <see cref="ApiOptions.SchemaWaitSeconds"/>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var limit = TimeSpan.FromSeconds(options.Value.SchemaWaitSeconds);
        string? said = null;
        while (await MissingAsync(cancellationToken) is { } reason)
        {
            if (clock.GetElapsedTime(began) > limit)
                throw new ConfigurationException($"the database has no complete schema after {options.Value.SchemaWaitSeconds} s ({reason}); start the worker, which migrates it");
            if (reason != said)
                log.WaitingForSchema(said = reason);
            await Task.Delay(Pause, clock, cancellationToken);
        }

        log.SchemaPresent();
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string?> MissingAsync(CancellationToken cancel)
    {
        try
        {
            var pending = await DatabaseMigrator.PendingAsync(database, cancel);
            return pending.Count == 0 ? null : $"{pending.Count} migrations are missing, the first is {pending[0]}";
        }
        catch (NpgsqlException unreachable)
        {
            // The connection has counted the failed statement among those that it prepares by itself, and stumbles over it when it has
            // become possible meanwhile (the role's rights come with the migrations): the next look takes a new one.
            database.Clear();
            return unreachable.Message;
        }
    }
}
