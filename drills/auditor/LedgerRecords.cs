using System.Data;
using Npgsql;

namespace Settlement.Auditor;

/// <summary>The ledger's side, row by row as it lies in the database.</summary>
internal sealed record LedgerRecords(
    IReadOnlyDictionary<Guid, LedgerAccount> Accounts,
    IReadOnlyList<LedgerEntry> Entries,
    IReadOnlyDictionary<Guid, LedgerTransfer> Transfers,
    IReadOnlyList<LedgerLock> Locks,
    IReadOnlyList<LedgerSettlement> Settlements,
    IReadOnlyList<LedgerInstruction> Instructions);

/// <summary>An account as stored. Entries are signed, credit positive; an account whose <paramref name="NormalSide"/> is DEBIT shows the opposite sign.</summary>
internal sealed record LedgerAccount(
    Guid Id, string Number, string Kind, string NormalSide, string Currency, long PostedMinor, long HeldMinor, long? FloorMinor, string? NumberAtBank)
{
    /// <summary>What an entry does to the balance that the account shows, minor units.</summary>
    public long Effect(LedgerEntry entry) => NormalSide == "CREDIT" ? entry.AmountMinor : -entry.AmountMinor;
}

/// <summary>One leg of a transfer, in the order of booking.</summary>
internal sealed record LedgerEntry(long Id, Guid TransferId, Guid AccountId, string Currency, long AmountMinor, long BalanceAfterMinor);

/// <summary>A posted transfer and whose it is.</summary>
internal sealed record LedgerTransfer(Guid Id, string Kind, Guid? SettlementId);

/// <summary>A pending transfer's hold on one account.</summary>
internal sealed record LedgerLock(Guid SettlementId, Guid AccountId, long AmountMinor, string State);

/// <summary>A settlement as stored.</summary>
internal sealed record LedgerSettlement(
    Guid Id,
    string Reference,
    string Status,
    string DebtorAccount,
    string CreditorAccount,
    string Currency,
    long AmountMinor,
    long FeeMinor,
    DateTimeOffset? OpensAt,
    Guid? ReturnsSettlementId)
{
    /// <summary>Nothing more will happen to it.</summary>
    public bool HasEnded => Status is "SETTLED" or "FAILED" or "CANCELLED";

    public bool IsReturn => ReturnsSettlementId is not null;
}

/// <summary>A payment that was recorded before the bank was called.</summary>
internal sealed record LedgerInstruction(Guid Uetr, Guid SettlementId, int Attempt, DateTimeOffset RecordedAsOf);

/// <summary>Reads the raw rows in one snapshot, with plain SQL. It adds nothing up: that is for the checks.</summary>
internal static class LedgerReader
{
    /// <exception cref="NpgsqlException">The database cannot be read.</exception>
    public static async Task<LedgerRecords> ReadAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var accounts = await ListAsync(connection, """
            SELECT a.account_id, a.account_number, a.kind, a.normal_side, a.currency, a.posted_minor, a.held_minor, a.floor_minor, n.number_there
              FROM settlement.accounts a LEFT JOIN settlement.nostro_accounts n USING (account_id)
            """, r => new LedgerAccount(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt64(5), r.GetInt64(6),
                r.IsDBNull(7) ? null : r.GetInt64(7), r.IsDBNull(8) ? null : r.GetString(8)));
        var entries = await ListAsync(connection, """
            SELECT entry_id, transfer_id, account_id, currency, amount_minor, balance_after_minor FROM settlement.ledger_entries ORDER BY entry_id
            """, r => new LedgerEntry(r.GetInt64(0), r.GetGuid(1), r.GetGuid(2), r.GetString(3), r.GetInt64(4), r.GetInt64(5)));
        var transfers = await ListAsync(connection, "SELECT transfer_id, kind, settlement_id FROM settlement.ledger_transfers",
            r => new LedgerTransfer(r.GetGuid(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetGuid(2)));
        var locks = await ListAsync(connection, "SELECT settlement_id, account_id, amount_minor, state FROM settlement.fund_locks",
            r => new LedgerLock(r.GetGuid(0), r.GetGuid(1), r.GetInt64(2), r.GetString(3)));
        var settlements = await ListAsync(connection, """
            SELECT settlement_id, reference, status, debtor_account, creditor_account, currency, amount_minor, fee_minor, opens_at, returns_settlement_id
              FROM settlement.settlement_transactions ORDER BY reference
            """, r => new LedgerSettlement(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt64(6), r.GetInt64(7),
                r.IsDBNull(8) ? null : r.GetFieldValue<DateTimeOffset>(8), r.IsDBNull(9) ? null : r.GetGuid(9)));
        var instructions = await ListAsync(connection, """
            SELECT uetr, settlement_id, attempt, recorded_as_of FROM settlement.bank_instructions WHERE kind = 'PAYMENT'
            """, r => new LedgerInstruction(r.GetGuid(0), r.GetGuid(1), r.GetInt32(2), r.GetFieldValue<DateTimeOffset>(3)));
        await snapshot.RollbackAsync();
        return new LedgerRecords(
            accounts.ToDictionary(a => a.Id), entries, transfers.ToDictionary(t => t.Id), locks, settlements, instructions);
    }

    private static async Task<List<T>> ListAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}
