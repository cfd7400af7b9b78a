using Npgsql;
using Settlement.Database;
using Settlement.Worker.Logging;

namespace Settlement.Worker.Startup;

/// <summary>
/// Brings the database to the newest schema, with the first version of calendars and windows, before anything else starts; waits for a
/// database that is still starting. Under an account that may not migrate it waits until somebody else has.
/// </summary>
internal sealed class Migrations(DatabaseConnection target, NpgsqlDataSource database, TimeProvider clock, ILogger<Migrations> log) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        while (true)
        {
            try
            {
                if (await IsCurrentAsync(limit.Token))
                    break;
            }
            catch (NpgsqlException wait) when (wait.IsTransient && !limit.IsCancellationRequested)
            {
                log.DatabaseNotReady(wait.Message);
            }

            await Task.Delay(Pause, limit.Token);
        }

        if (await DatabaseRoles.MissingAsync(database, limit.Token) is { Count: > 0 } missing)
            log.RolesMissing(string.Join(", ", missing));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        await using var owner = NpgsqlDataSource.Create(target.MigrationConnectionString);
        if (await DatabaseMigrator.MayMigrateAsync(owner, cancellationToken))
        {
            var applied = await DatabaseMigrator.MigrateAsync(target.MigrationConnectionString, cancellationToken);
            await ReferenceDataSeeder.SeedAsync(owner, clock.GetUtcNow(), cancellationToken);
            log.Migrated(applied.Count);
            return true;
        }

        var pending = await DatabaseMigrator.PendingAsync(database, cancellationToken);
        if (pending.Count > 0)
            log.MigrationAwaited(pending.Count);
        return pending.Count == 0;
    }
}
