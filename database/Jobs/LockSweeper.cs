using Npgsql;

namespace Settlement.Database;

/// <summary>Ends locks whose time is over. A lock that is frozen (its instruction may have reached the bank) never expires.</summary>
public sealed class LockSweeper(NpgsqlDataSource dataSource)
{
    /// <summary>Expires what is due at this business time.</summary>
    /// <param name="asOf">Business time.</param>
    /// <param name="limit">At most this many settlements in one transaction.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <returns>Settlement and attempt of each lock that was ended, so that its workflow can be told.</returns>
    public async Task<IReadOnlyList<ExpiredLock>> SweepAsync(DateTimeOffset asOf, int limit = 200, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await Sql.ListAsync(connection, Sql.Command("SELECT expired_lock_id, expired_settlement_id, expired_attempt FROM settlement.ledger_expire($1, $2)",
            asOf.ToUniversalTime(), limit), row => new ExpiredLock(row.GetGuid(0), row.GetGuid(1), row.GetInt32(2)), cancellationToken);
    }
}

/// <summary>A lock that the sweep has ended.</summary>
public sealed record ExpiredLock(Guid LockId, Guid SettlementId, int Attempt);
