using Npgsql;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>A database with at least one row in every table that a trigger watches, so that every trigger has something to refuse.</summary>
public sealed class GuardedDatabase : TestDatabase
{
    internal Bank Bank { get; private set; } = null!;

    /// <summary>Its lock is active and not frozen.</summary>
    public Guid Locked { get; private set; }

    /// <summary>Its instruction is out.</summary>
    public Guid Sent { get; private set; }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Bank = await Bank.OpenAsync(DataSource);
        var archived = await Bank.SettleAsync();
        await WriteDownAsync();
        Locked = await Bank.CreateAsync();
        await Bank.LockAsync(Locked);
        Sent = await Bank.CreateAsync();
        await Bank.LockAsync(Sent);
        await Bank.TransferAsync(Sent);
        var rejected = await Bank.CreateAsync();
        await Bank.LockAsync(rejected);
        await Bank.TransferAsync(rejected);
        await Bank.RollBackAsync(rejected, SettlementStatus.Failed);
        await WriteDownAsync();
        (await new SettlementArchive(DataSource).StoreAsync(Bank.Now.AddDays(1), Bank.Now.AddDays(91), limit: 1)).Single().SettlementId.ShouldBe(archived);
        await Bank.SettleAsync();
        await new AccountStatements(DataSource).CloseAsync(Bank.Today, Bank.Now.AddDays(1));
        await Custody.OpenAsync(DataSource);
        await FillTheRestAsync();
        await new AuditSealer(DataSource).SealOnceAsync();
    }

    /// <summary>The SQLSTATE with which this is refused at once or at commit, or null; nothing of it stays.</summary>
    /// <param name="sql">What to try.</param>
    /// <param name="without">A trigger that is off meanwhile: <c>schema.table</c> and its name.</param>
    public async Task<string?> TryAsync(string sql, (string Table, string Trigger)? without = null)
    {
        await using var connection = await DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            var off = without is { } trigger ? $"ALTER TABLE {trigger.Table} DISABLE TRIGGER {trigger.Trigger};" : "";
            await using var command = new NpgsqlCommand($"{off} {sql}; SET CONSTRAINTS ALL IMMEDIATE", connection, transaction);
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException refusal)
        {
            return refusal.SqlState;
        }
    }

    private async Task WriteDownAsync()
    {
        await new OutboxRelay(DataSource).RelayOnceAsync();
        await new AuditSealer(DataSource).SealOnceAsync();
    }

    private async Task FillTheRestAsync()
    {
        var writer = new ReferenceDataWriter(DataSource);
        var ada = new Actor("ada", ActorSource.Api);
        await writer.SetSwitchAsync(SwitchName.Transfers, stopped: false, ada, "test", Bank.Now);
        await writer.SetLimitsAsync("*", "USD", new SettlementLimits(), ada, "test", Bank.Now);
        await writer.PublishScreeningListAsync([], [], [], "test", ada, Bank.Now);
        var ledger = new JobLedger(DataSource);
        await ledger.TryStartAsync("locks", Bank.Now, "one", Bank.Now);
        await ledger.FinishAsync("locks", Bank.Now, "one", succeeded: true, Bank.Now);
        await SqlAsync($"""
            INSERT INTO settlement.settlement_window_extensions (rail, currency, date, cut_off, published_by, reason, published_as_of)
            VALUES ('T2', 'EUR', '2026-11-18', '19:00', 'ada', 'test', now());
            INSERT INTO settlement.bank_messages (bank_id, message_id, uetr, type, status, disposition, payload, received_as_of)
            VALUES ('{Bank.BankId}', 'M1', gen_random_uuid(), 'pacs.002', 'ACSC', 'UNMATCHED', '1', now());
            INSERT INTO settlement.cases (case_id, settlement_id, reason, evidence, opened_as_of) VALUES (gen_random_uuid(), '{Sent}', 'SUSPENSE', '1', now());
            INSERT INTO settlement.api_idempotency_keys (entity_id, idempotency_key, request_hash, settlement_id, response, created_by)
            VALUES ('ACME', 'key-12345678', sha256('x'), '{Sent}', '1', 'sam');
            INSERT INTO settlement.approval_tickets (ticket_hash, settlement_id, action, approver, reason, expires_at)
            VALUES (sha256('x'), '{Sent}', 'approve', 'anna', 'test', now());
            INSERT INTO settlement.operator_actions (operator, request_id, action, input_hash, reply, as_of)
            VALUES ('ada', 'r-1', 'SetSwitch', sha256('x'), '1', now());
            """);
    }
}
