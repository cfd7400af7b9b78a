using System.Collections.Concurrent;
using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// Finds accounts by number or role. What it gives never changes, so hits are kept for the life of the process; misses are
/// asked again. Balances and status are not here: they are read inside the write that depends on them.
/// </summary>
public sealed class AccountDirectory(NpgsqlDataSource dataSource)
{
    private readonly ConcurrentDictionary<string, AccountIdentity> known = new(StringComparer.Ordinal);

    /// <summary>The account of a number, or null.</summary>
    public Task<AccountIdentity?> FindAsync(string accountNumber, CancellationToken cancellationToken = default) =>
        LookUpAsync($"number/{accountNumber}", "a.account_number = $1", [accountNumber], cancellationToken);

    /// <summary>Our nostro at a bank in a currency, or null.</summary>
    public Task<AccountIdentity?> FindNostroAsync(string bankId, Currency currency, CancellationToken cancellationToken = default) =>
        LookUpAsync($"nostro/{bankId}/{currency.Code}",
            "EXISTS (SELECT 1 FROM settlement.nostro_accounts n WHERE n.account_id = a.account_id AND n.bank_id = $1 AND n.currency = $2)",
            [bankId, currency.Code], cancellationToken);

    /// <summary>The environment account that earns fees in a currency, or null: number <c>FEE-{currency}</c>.</summary>
    public Task<AccountIdentity?> FindFeeAsync(Currency currency, CancellationToken cancellationToken = default) =>
        FindAsync(InternalAccounts.Fee(currency), cancellationToken);

    /// <summary>The environment account for money that waits to be assigned, or null: number <c>SUSPENSE-{currency}</c>.</summary>
    public Task<AccountIdentity?> FindSuspenseAsync(Currency currency, CancellationToken cancellationToken = default) =>
        FindAsync(InternalAccounts.Suspense(currency), cancellationToken);

    /// <summary>The environment's position in a currency, or null: number <c>FX-{currency}</c>.</summary>
    public Task<AccountIdentity?> FindFxPositionAsync(Currency currency, CancellationToken cancellationToken = default) =>
        FindAsync(InternalAccounts.FxPosition(currency), cancellationToken);

    private async Task<AccountIdentity?> LookUpAsync(string key, string condition, object[] values, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(key, out var account))
            return account;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await Sql.ListAsync(connection, Sql.Command($"""
            SELECT a.account_id, a.account_number, a.kind, a.normal_side, a.entity_id, a.currency FROM settlement.accounts a WHERE {condition}
            """, values), reader => new AccountIdentity(
                reader.GetGuid(0), reader.GetString(1), UpperSnake.Parse<AccountKind>(reader.GetString(2)),
                UpperSnake.Parse<NormalSide>(reader.GetString(3)), reader.GetString(4), Currency.Of(reader.GetString(5))), cancellationToken);
        return rows.Count == 0 ? null : known.GetOrAdd(key, rows[0]);
    }
}

/// <summary>The facts of an account that never change, so that they may be cached.</summary>
public sealed record AccountIdentity(Guid AccountId, string AccountNumber, AccountKind Kind, NormalSide NormalSide, string EntityId, Currency Currency);
