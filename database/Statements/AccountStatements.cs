using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Closes the books of accounts day by day, and reads what is closed or under way.</summary>
public sealed class AccountStatements(NpgsqlDataSource dataSource)
{
    /// <summary>The longest statement that is read; a day with more entries is refused.</summary>
    public const int MaxEntries = 10_000;

    /// <summary>Writes the statements of all accounts up to a day, each account in a transaction of its own.</summary>
    /// <param name="until">The last day to be closed; it must be over at <paramref name="asOf"/>.</param>
    /// <param name="asOf">Business time.</param>
    /// <param name="cancellationToken">Stops between two accounts.</param>
    /// <returns>How many statements were written.</returns>
    public async Task<int> CloseAsync(DateOnly until, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        if (until >= DateOnly.FromDateTime(asOf.UtcDateTime))
            throw new ArgumentOutOfRangeException(nameof(until), until, "A day is closed when it is over.");
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var accounts = await Sql.ListAsync(connection, Sql.Command("""
            SELECT a.account_id FROM settlement.accounts a
              LEFT JOIN LATERAL (SELECT last_entry_id FROM settlement.account_statements s WHERE s.account_id = a.account_id
                                  ORDER BY statement_number DESC LIMIT 1) l ON true
             WHERE EXISTS (SELECT 1 FROM settlement.ledger_entries e WHERE e.account_id = a.account_id AND e.entry_id > coalesce(l.last_entry_id, 0))
             ORDER BY a.account_id
            """), row => row.GetGuid(0), cancellationToken);
        var written = 0;
        foreach (var account in accounts)
            written += (await Sql.ListAsync(connection, Sql.Command("SELECT settlement.statement_close($1, $2, $3)", account, until, asOf.ToUniversalTime()),
                row => row.GetInt32(0), cancellationToken)).Single();
        return written;
    }

    /// <summary>
    /// The statement of a day: the closed one, or what would stand in it now. A day without movements opens and closes with the
    /// balance of the day before.
    /// </summary>
    /// <param name="accountNumber">Which account.</param>
    /// <param name="date">Booking day, UTC.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Null if there is no such account.</returns>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.InvalidRequest"/>: the day has more than 10,000 entries.</exception>
    public async Task<AccountStatement?> FindAsync(string accountNumber, DateOnly date, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // One snapshot: an entry must not stand in the balance and be missing from the list.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var accounts = await Sql.ListAsync(connection, Sql.Command("SELECT account_id, currency FROM settlement.accounts WHERE account_number = $1", accountNumber),
            row => (Id: row.GetGuid(0), Currency: Currency.Of(row.GetString(1))), cancellationToken);
        if (accounts is not [var account])
            return null;
        var span = (await Sql.ListAsync(connection, Sql.Command(SpanSql, account.Id, date), row => (
            Number: row.IsDBNull(0) ? (int?)null : row.GetInt32(0), Opening: row.GetInt64(1), After: row.GetInt64(2), Last: row.GetInt64(3)), cancellationToken)).Single();
        var entries = await Sql.ListAsync(connection, Sql.Command("""
            SELECT entry_id, transfer_id, account_id, currency, amount_minor, balance_after_minor, value_date, as_of FROM settlement.ledger_entries
             WHERE account_id = $1 AND entry_id > $2 AND entry_id <= $3 ORDER BY entry_id LIMIT $4
            """, account.Id, span.After, span.Last, MaxEntries + 1), Read, cancellationToken);
        if (entries.Count > MaxEntries)
            throw new SettlementException(SettlementFailure.InvalidRequest, $"The statement has more than {MaxEntries} entries.");
        var closing = entries.Count > 0 ? entries[^1].BalanceAfterMinor : span.Opening;
        return new AccountStatement(account.Id, span.Number, date, new Money(span.Opening, account.Currency), new Money(closing, account.Currency), entries);
    }

    // The closed statement of the day if there is one; else what is booked after the last one before it and not later than the day.
    private const string SpanSql = """
        WITH closed AS (SELECT * FROM settlement.account_statements WHERE account_id = $1 AND date = $2),
             before AS (SELECT * FROM settlement.account_statements WHERE account_id = $1 AND date < $2 ORDER BY statement_number DESC LIMIT 1),
             later AS (SELECT first_entry_id FROM settlement.account_statements WHERE account_id = $1 AND date > $2 ORDER BY statement_number LIMIT 1),
             since AS (SELECT entry_id, (as_of AT TIME ZONE 'UTC')::date AS day, balance_after_minor FROM settlement.ledger_entries
                        WHERE account_id = $1 AND entry_id > coalesce((SELECT last_entry_id FROM before), 0)
                          AND entry_id < coalesce((SELECT first_entry_id FROM later), 9223372036854775807)),
             past AS (SELECT entry_id, balance_after_minor FROM since
                       WHERE entry_id < coalesce((SELECT min(entry_id) FROM since WHERE day >= $2), 9223372036854775807) ORDER BY entry_id DESC LIMIT 1),
             today AS (SELECT max(entry_id) AS last FROM since
                        WHERE entry_id < coalesce((SELECT min(entry_id) FROM since WHERE day > $2), 9223372036854775807))
        SELECT (SELECT statement_number FROM closed),
               coalesce((SELECT opening_minor FROM closed), (SELECT balance_after_minor FROM past), (SELECT closing_minor FROM before), 0),
               coalesce((SELECT first_entry_id - 1 FROM closed), (SELECT entry_id FROM past), (SELECT last_entry_id FROM before), 0),
               coalesce((SELECT last_entry_id FROM closed), (SELECT last FROM today), 0)
        """;

    private static LedgerEntry Read(NpgsqlDataReader row) => new()
    {
        EntryId = row.GetInt64(0),
        TransferId = row.GetGuid(1),
        AccountId = row.GetGuid(2),
        Currency = row.GetString(3),
        AmountMinor = row.GetInt64(4),
        BalanceAfterMinor = row.GetInt64(5),
        ValueDate = row.GetFieldValue<DateOnly>(6),
        AsOf = row.GetFieldValue<DateTimeOffset>(7),
    };
}

/// <summary>The booked movements of one account on one day. Source of the terms: ISO 20022 camt.053.</summary>
/// <param name="AccountId">Which account.</param>
/// <param name="Number">Its place in the account's sequence; null: the day is not closed yet, or had no movements.</param>
/// <param name="Date">Booking day, UTC.</param>
/// <param name="Opening">Balance before the first entry, natural sign: the closing balance of the statement before.</param>
/// <param name="Closing">Balance after the last entry, natural sign.</param>
/// <param name="Entries">In booking order.</param>
public sealed record AccountStatement(Guid AccountId, int? Number, DateOnly Date, Money Opening, Money Closing, IReadOnlyList<LedgerEntry> Entries)
{
    /// <summary>Whether it is final.</summary>
    public bool IsClosed => Number is not null;
}
