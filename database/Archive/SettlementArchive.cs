using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// Moves what ended settlements leave behind (history, checkpoints, compensations, locks, cases, events, audit rows) to the schema
/// <c>archive</c>, and back. The functions of that schema are the only ones that the append-only guards let pass.
/// </summary>
public sealed class SettlementArchive(NpgsqlDataSource dataSource)
{
    /// <summary>Archives settlements that ended before an instant and have nothing open.</summary>
    /// <param name="endedBefore">Business time.</param>
    /// <param name="asOf">Business time of the action.</param>
    /// <param name="limit">At most as many, in one transaction.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    public async Task<IReadOnlyList<ArchivedSettlement>> StoreAsync(
        DateTimeOffset endedBefore, DateTimeOffset asOf, int limit = 100, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await Sql.ListAsync(connection, Sql.Command("SELECT settlement_id, reference, archive_number FROM archive.store($1, $2, $3)",
            endedBefore.ToUniversalTime(), asOf.ToUniversalTime(), limit),
            row => new ArchivedSettlement(row.GetGuid(0), row.GetString(1), row.GetInt64(2)), cancellationToken);
    }

    /// <summary>Brings the records of an archived settlement back, exactly as they were.</summary>
    /// <returns>False if it is not archived.</returns>
    /// <exception cref="PostgresException"><see cref="SqlStates.ArchiveAltered"/>: the archived copy is missing or was altered; nothing is restored.</exception>
    public async Task<bool> RestoreAsync(Guid settlementId, Actor actor, string reason, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await RestoreAsync(connection, settlementId, actor, reason, asOf, cancellationToken);
    }

    /// <summary>The same in the transaction of the connection.</summary>
    /// <inheritdoc cref="RestoreAsync(Guid, Actor, string, DateTimeOffset, CancellationToken)"/>
    public static async Task<bool> RestoreAsync(
        NpgsqlConnection connection, Guid settlementId, Actor actor, string reason, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return (await Sql.ListAsync(connection, RestoreCommand(settlementId, actor, reason, asOf), row => row.GetBoolean(0), cancellationToken)).Single();
    }

    /// <summary>The same by reference; null if there is no such settlement.</summary>
    /// <inheritdoc cref="RestoreAsync(Guid, Actor, string, DateTimeOffset, CancellationToken)" path="/exception"/>
    public async Task<bool?> RestoreAsync(string reference, Actor actor, string reason, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var found = await Sql.ListAsync(connection, Sql.Command("SELECT settlement_id FROM settlement.settlement_transactions WHERE reference = $1", reference),
            row => row.GetGuid(0), cancellationToken);
        return found is [var id] ? await RestoreAsync(id, actor, reason, asOf, cancellationToken) : null;
    }

    internal static NpgsqlBatchCommand RestoreCommand(Guid settlementId, Actor actor, string reason, DateTimeOffset asOf) => Sql.Command(
        "SELECT archive.restore($1, $2, $3, $4, $5)", settlementId, actor.Name, UpperSnake.Of(actor.Source), Text.Clip(reason, 1000)!, asOf.ToUniversalTime());
}

/// <summary>A settlement whose records stand in the archive.</summary>
/// <param name="SettlementId">Which.</param>
/// <param name="Reference">Its reference.</param>
/// <param name="ArchiveNumber">Its link in the archive's chain.</param>
public sealed record ArchivedSettlement(Guid SettlementId, string Reference, long ArchiveNumber);
