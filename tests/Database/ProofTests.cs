using Npgsql;
using Settlement.Database.Proof;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>Each invariant is broken on purpose, with the triggers off, and must be found.</summary>
public class ProofTests : DatabaseTest
{
    private Bank bank = null!;
    private Guid settled;
    private Guid locked;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bank = await Bank.OpenAsync(DataSource);
        settled = await bank.SettleAsync();
        locked = await bank.CreateAsync();
        await bank.LockAsync(locked);
    }

    [Fact]
    public async Task ProveAsync_SoundBooks_HaveNoBreach()
    {
        await new AuditSealer(DataSource).SealOnceAsync();
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, "UPDATE settlement.ledger_entries SET amount_minor = amount_minor + 1 WHERE entry_id = (SELECT max(entry_id) FROM settlement.ledger_entries)")]
    [InlineData(1, "DELETE FROM settlement.ledger_entries WHERE transfer_id = (SELECT transfer_id FROM settlement.ledger_transfers WHERE kind = 'SETTLEMENT')")]
    [InlineData(1, "UPDATE settlement.accounts SET posted_minor = posted_minor + 1 WHERE account_number = 'CUST-1'")]
    [InlineData(1, "UPDATE settlement.ledger_entries SET currency = 'EUR' WHERE entry_id = 1")]
    [InlineData(2, "UPDATE settlement.accounts SET held_minor = held_minor + 1 WHERE account_number = 'CUST-1'")]
    [InlineData(2, "UPDATE settlement.fund_locks SET state = 'VOIDED', ended_as_of = now(), end_reason = 'x' WHERE state = 'ACTIVE'")]
    [InlineData(5, "UPDATE settlement.settlement_transactions SET status = 'FAILED' WHERE status = 'SETTLED'")]
    [InlineData(5, "UPDATE settlement.settlement_transactions SET status = 'SETTLED' WHERE status = 'FUNDS_LOCKED'")]
    [InlineData(5, "UPDATE settlement.settlement_transactions SET status = 'CONFIRMED' WHERE status = 'FUNDS_LOCKED'")]
    [InlineData(6, "UPDATE settlement.settlement_transactions SET status = 'PENDING' WHERE status = 'FUNDS_LOCKED'")]
    [InlineData(6, "DELETE FROM settlement.settlement_status_history WHERE to_status = 'CONFIRMED'")]
    [InlineData(6, "DELETE FROM settlement.outbox_events WHERE type = 'settlement.confirmed'")]
    [InlineData(6, "DELETE FROM settlement.audit_log WHERE action = 'status_changed' AND after ->> 'status' = 'CONFIRMED'")]
    [InlineData(7, "UPDATE settlement.audit_log SET reason = 'x' WHERE audit_id = (SELECT min(audit_id) FROM settlement.audit_log)")]
    public async Task ProveAsync_BrokenInvariant_IsFound(int invariant, string sabotage)
    {
        await new AuditSealer(DataSource).SealOnceAsync();
        await using (var connection = await DataSource.OpenConnectionAsync())
        await using (var command = new NpgsqlCommand($"SET session_replication_role = replica; {sabotage}; SET session_replication_role = DEFAULT", connection))
            (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldContain(breach => breach.Invariant == invariant);
    }

    [Fact]
    public async Task ProveAsync_BelowTheFloor_IsFound()
    {
        await SqlAsync("ALTER TABLE settlement.accounts DROP CONSTRAINT accounts_cover");
        await SqlAsync("UPDATE settlement.accounts SET floor_minor = posted_minor + 1 WHERE account_number = 'CUST-1'");
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldContain(breach => breach.Invariant == 3);
    }

    [Theory]
    [InlineData(2, 10_000, false, 4)]
    [InlineData(0, 10_000, false, 5)]
    [InlineData(1, 10_001, false, 4)]
    [InlineData(1, 10_000, true, 5)]
    public async Task ProveAsync_BankDisagreesWithASettledOne_IsFound(int executions, long amount, bool returned, int invariant)
    {
        var uetr = await ScalarAsync<Guid>($"SELECT uetr FROM settlement.bank_instructions WHERE settlement_id = '{settled}'");
        (await ProveAgainstAsync(new BankPosition(uetr, executions, "USD", amount, returned))).ShouldContain(breach => breach.Invariant == invariant);
    }

    [Fact]
    public async Task ProveAsync_BankAgrees_IsNoBreach()
    {
        var uetr = await ScalarAsync<Guid>($"SELECT uetr FROM settlement.bank_instructions WHERE settlement_id = '{settled}'");
        await new AuditSealer(DataSource).SealOnceAsync();
        (await ProveAgainstAsync(new BankPosition(uetr, 1, "USD", 10_000, false))).ShouldBeEmpty();
    }

    [Fact]
    public async Task ProveAsync_BankPaidWhatWeNeverSent_IsFound() =>
        (await ProveAgainstAsync(new BankPosition(Guid.NewGuid(), 1, "USD", 1, false))).ShouldContain(breach => breach.What == "payment without instruction");

    [Fact]
    public async Task ProveAsync_BankPaidAFailedOneWithoutACase_IsFound()
    {
        var uetr = Uetr.New();
        await bank.TransferAsync(locked, uetr);
        await bank.RollBackAsync(locked, SettlementStatus.Failed);
        (await ProveAgainstAsync(new BankPosition(uetr.Value, 1, "USD", 10_000, false))).ShouldContain(breach => breach.What == "FAILED, but the bank has paid");
    }

    [Fact]
    public async Task ProveAsync_WorkflowsAndSettlements_MustBeTheSame()
    {
        var reference = await ScalarAsync<string>($"SELECT reference FROM settlement.settlement_transactions WHERE settlement_id = '{locked}'");
        async Task<IReadOnlyList<Breach>> With(params string[] ids) => (await new BooksProver(DataSource).ProveAsync(
            openWorkflows: _ => Task.FromResult<IReadOnlyCollection<OpenWorkflow>>([.. ids.Select(id => new OpenWorkflow(id))]))).Breaches;
        await new AuditSealer(DataSource).SealOnceAsync();
        (await With($"settlement-{reference}")).ShouldBeEmpty();
        (await With()).ShouldContain(breach => breach.What == "open settlement without open workflow");
        (await With($"settlement-{reference}", "settlement-ghost")).ShouldContain(breach => breach.What == "open workflow without open settlement");
    }

    private async Task<IReadOnlyList<Breach>> ProveAgainstAsync(params BankPosition[] positions) =>
        (await new BooksProver(DataSource).ProveAsync(_ => Task.FromResult<IReadOnlyCollection<BankPosition>>(positions))).Breaches;
}
