using Npgsql;

namespace Settlement.Chaos.Tests.Worker;

/// <summary>
/// Stops the worker in the middle of a step: a trigger of the test's own makes the transaction that stores the step's checkpoint wait for
/// an advisory lock that the test holds. Nothing in the product knows of it.
/// </summary>
internal sealed class StepBlocker : IAsyncDisposable
{
    private const long Key = 0x0C4A05;
    private readonly NpgsqlDataSource database;
    private readonly NpgsqlConnection holder;

    private StepBlocker(NpgsqlDataSource database, NpgsqlConnection holder)
    {
        this.database = database;
        this.holder = holder;
    }

    /// <summary>From now on, whoever stores a checkpoint of <paramref name="step"/> waits.</summary>
    public static async Task<StepBlocker> InstallAsync(NpgsqlDataSource database, string step)
    {
        await using (var install = database.CreateCommand($"""
            CREATE OR REPLACE FUNCTION settlement.chaos_block() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
                PERFORM pg_advisory_xact_lock({Key});
                RETURN NEW;
            END $body$;
            CREATE OR REPLACE TRIGGER chaos_block BEFORE INSERT ON settlement.settlement_operation_checkpoints
                FOR EACH ROW WHEN (NEW.step = '{step}') EXECUTE FUNCTION settlement.chaos_block();
            """))
            await install.ExecuteNonQueryAsync();
        var holder = await database.OpenConnectionAsync();
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({Key})", holder);
        await take.ExecuteNonQueryAsync();
        return new StepBlocker(database, holder);
    }

    /// <summary>Waits until a transaction stands at the barrier.</summary>
    public async Task WaitForVictimAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var waiting = database.CreateCommand($"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND ((classid::bigint << 32) | objid::bigint) = {Key}");
            if ((long)(await waiting.ExecuteScalarAsync(cancellationToken))! > 0)
                return;
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Lifts the barrier: who waits goes on, who comes later does not wait.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var release = new NpgsqlCommand($"SELECT pg_advisory_unlock({Key})", holder))
            await release.ExecuteNonQueryAsync();
        await holder.DisposeAsync();
        await using var remove = database.CreateCommand("DROP TRIGGER chaos_block ON settlement.settlement_operation_checkpoints");
        await remove.ExecuteNonQueryAsync();
    }
}
