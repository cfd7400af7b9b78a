using Npgsql;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>
/// The right to write, of one server at a time. Two halves: an advisory lock of the writer's session, which PostgreSQL gives free the moment the session
/// ends (so that a killed server can be followed at once); and a fencing number, raised by whoever takes the lease and checked under a row
/// lock in every transaction, which holds even where sessions are not what they seem (a pooler in between, a connection long thought dead).
/// </summary>
internal sealed class WriterLease(string owner)
{
    /// <summary>Any number will do that nobody else uses in this database.</summary>
    private const long SessionLock = 0x54_44_57_52_49_54_45;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The number that this server holds; 0 before it has any.</summary>
    public long Fence { get; private set; }

    /// <summary>Takes the lease for the first time.</summary>
    /// <exception cref="StoreFencedException">Another server has it and did not leave in time.</exception>
    public async Task AcquireAsync(NpgsqlConnection connection, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await TryLockAsync(connection, cancellationToken))
        {
            if (TimeProvider.System.GetElapsedTime(started) > patience)
                throw new StoreFencedException($"Another server writes to this database: {await HolderAsync(connection, cancellationToken)}. Two cannot: stop it or use another database.");
            await Task.Delay(Pause, cancellationToken);
        }

        await using var take = new NpgsqlCommand("UPDATE writer_lease SET fence = fence + 1, owner = $1, acquired_at = now() WHERE id = 1 RETURNING fence", connection);
        take.Parameters.Add(new NpgsqlParameter { Value = owner });
        Fence = (long)(await take.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Takes the lease up again in a new session, after the old one was lost.</summary>
    /// <returns>False if the old session still lives on in PostgreSQL: try again.</returns>
    /// <exception cref="StoreFencedException">Another server has taken it meanwhile.</exception>
    public async Task<bool> ResumeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var locked = await TryLockAsync(connection, cancellationToken);
        await using var read = new NpgsqlCommand("SELECT fence FROM writer_lease WHERE id = 1", connection);
        if (await read.ExecuteScalarAsync(cancellationToken) is not long fence || fence != Fence)
            throw Lost(await HolderAsync(connection, cancellationToken));
        return locked;
    }

    /// <summary>The first statement of every transaction. Its row lock makes a server that takes the lease wait for this transaction's end.</summary>
    public static NpgsqlBatchCommand Check() => new("SELECT fence FROM writer_lease WHERE id = 1 FOR SHARE");

    /// <summary>What to throw when the number is no longer this server's.</summary>
    public static StoreFencedException Lost(string holder) => new($"Another server has taken over this database: {holder}. This one can no longer write and must end.");

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({SessionLock})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<string> HolderAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT owner || ' (since ' || to_char(acquired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC)' FROM writer_lease WHERE id = 1", connection);
        return await command.ExecuteScalarAsync(cancellationToken) as string ?? "unknown";
    }
}
