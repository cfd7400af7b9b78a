using Npgsql;
using Settlement.Database;
using Settlement.Worker.Logging;

namespace Settlement.Worker.Startup;

/// <summary>
/// Brings the database to the newest schema, with the first version of calendars and windows, before anything else starts; waits for a
/// database that is still starting.
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
                var applied = await DatabaseMigrator.MigrateAsync(target.ConnectionString, limit.Token);
                await ReferenceDataSeeder.SeedAsync(database, clock.GetUtcNow(), limit.Token);
                log.Migrated(applied.Count);
                return;
            }
            catch (NpgsqlException wait) when (wait.IsTransient && !limit.IsCancellationRequested)
            {
                log.DatabaseNotReady(wait.Message);
                await Task.Delay(Pause, limit.Token);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
