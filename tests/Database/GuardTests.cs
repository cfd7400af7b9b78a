using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>What the database refuses to a superuser with a console.</summary>
public class GuardTests(SettledDatabase database) : IClassFixture<SettledDatabase>
{
    private static readonly Actor Tester = new("tester", ActorSource.Workflow);

    private readonly Bank bank = database.Bank;

    [Theory]
    [InlineData("UPDATE settlement.settlement_transactions SET amount_minor = 1")]
    [InlineData("UPDATE settlement.settlement_transactions SET creditor_account = 'X'")]
    [InlineData("UPDATE settlement.settlement_transactions SET debtor_account = 'OPENING-USD'")]
    [InlineData("UPDATE settlement.settlement_transactions SET workflow_input = '{}'")]
    [InlineData("UPDATE settlement.settlement_transactions SET created_by = 'me'")]
    [InlineData("DELETE FROM settlement.settlement_transactions")]
    [InlineData("UPDATE settlement.settlement_status_history SET reason = 'x'")]
    [InlineData("DELETE FROM settlement.settlement_status_history")]
    [InlineData("UPDATE settlement.settlement_operation_checkpoints SET result = '1'")]
    [InlineData("UPDATE settlement.ledger_entries SET amount_minor = 1")]
    [InlineData("DELETE FROM settlement.ledger_entries")]
    [InlineData("TRUNCATE settlement.ledger_entries")]
    [InlineData("UPDATE settlement.ledger_transfers SET description = 'x'")]
    [InlineData("UPDATE settlement.audit_log SET reason = 'x'")]
    [InlineData("DELETE FROM settlement.audit_log")]
    [InlineData("TRUNCATE settlement.audit_log")]
    [InlineData("UPDATE settlement.outbox_events SET payload = '{}'")]
    [InlineData("DELETE FROM settlement.outbox_events")]
    [InlineData("UPDATE settlement.accounts SET posted_minor = posted_minor + 1")]
    [InlineData("UPDATE settlement.accounts SET held_minor = 5")]
    [InlineData("UPDATE settlement.accounts SET currency = 'EUR'")]
    [InlineData("DELETE FROM settlement.accounts")]
    [InlineData("DELETE FROM settlement.fund_locks")]
    [InlineData("DELETE FROM settlement.calendars")]
    [InlineData("UPDATE settlement.settlement_windows SET cut_off = '23:59'")]
    public async Task RewriteOfARecord_ByAnybody_IsRefused(string sql) => (await database.RefusalAsync(sql)).ShouldBe(SqlStates.Immutable);

    [Fact]
    public async Task Account_OpenedWithABalance_IsRefused() => (await database.RefusalAsync("""
        INSERT INTO settlement.accounts (account_id, account_number, kind, normal_side, entity_id, name, currency, posted_minor, opened_as_of)
        VALUES (gen_random_uuid(), 'RICH', 'CUSTOMER', 'CREDIT', 'X', 'X', 'USD', 100, now())
        """)).ShouldBe(SqlStates.Immutable);

    [Theory]
    [InlineData("SETTLED")]
    [InlineData("CONFIRMED")]
    [InlineData("NONSENSE")]
    public async Task Status_StepThatIsNone_IsRefused(string status)
    {
        var other = await bank.CreateAsync();
        (await database.RefusalAsync($"UPDATE settlement.settlement_transactions SET status = '{status}' WHERE settlement_id = '{other}'")).ShouldBe(SqlStates.InvalidTransition);
    }

    [Fact]
    public async Task Status_AllowedStepOutsideOfAStep_IsRefusedAtCommit()
    {
        var other = await bank.CreateAsync();
        (await database.RefusalAsync($"UPDATE settlement.settlement_transactions SET status = 'CANCELLED', changed_step = 'by-hand' WHERE settlement_id = '{other}'"))
            .ShouldBe(Npgsql.PostgresErrorCodes.ForeignKeyViolation, "no step has been executed under that name");
    }

    [Theory]
    [InlineData(SettlementStatus.FundsLocked)]
    [InlineData(SettlementStatus.Failed)]
    public async Task Status_ThatBreaksItsPromise_IsRefusedAtCommit(SettlementStatus status)
    {
        var other = await bank.CreateAsync();
        if (status == SettlementStatus.Failed)
        {
            await bank.LockAsync(other);
            await database.Runner.RunAsync(new StepKey(other, 1, StepName.RollBack), Bank.Now, step =>
            {
                step.Transition(SettlementStatus.RollingBack, Tester, "back");
                return Task.FromResult(true);
            });
        }

        var refusal = await Should.ThrowAsync<Npgsql.PostgresException>(() => database.Runner.RunAsync(new StepKey(other, 1, new StepName("bug")), Bank.Now, step =>
        {
            step.Transition(status, Tester, "without the money");
            return Task.FromResult(true);
        }));
        refusal.SqlState.ShouldBe(SqlStates.BrokenPromise);
    }

    [Fact]
    public async Task Transfer_UnbalancedByHand_IsRefusedAtCommit() => (await database.RefusalAsync("""
        WITH t AS (INSERT INTO settlement.ledger_transfers (transfer_id, kind, description, value_date, as_of)
                   VALUES (gen_random_uuid(), 'CORRECTION', 'gift', '2026-11-18', now()) RETURNING transfer_id)
        INSERT INTO settlement.ledger_entries (transfer_id, account_id, currency, amount_minor, balance_after_minor, value_date, as_of)
        SELECT t.transfer_id, a.account_id, 'USD', 100, 0, '2026-11-18', now() FROM t, settlement.accounts a WHERE a.account_number = 'CUST-1'
        """)).ShouldBe(SqlStates.Unbalanced);

    [Fact]
    public async Task Transfer_AddedToAPostedOne_IsRefusedAtCommit() => (await database.RefusalAsync("""
        INSERT INTO settlement.ledger_entries (transfer_id, account_id, currency, amount_minor, balance_after_minor, value_date, as_of)
        SELECT t.transfer_id, a.account_id, 'USD', 100, 0, '2026-11-18', now()
          FROM settlement.ledger_transfers t, settlement.accounts a WHERE a.account_number = 'CUST-1' AND t.kind = 'SETTLEMENT'
        """)).ShouldBe(SqlStates.Unbalanced);

    [Fact]
    public async Task Entry_BelowTheFloor_IsRefused() => (await database.RefusalAsync("""
        WITH t AS (INSERT INTO settlement.ledger_transfers (transfer_id, kind, description, value_date, as_of)
                   VALUES (gen_random_uuid(), 'CORRECTION', 'theft', '2026-11-18', now()) RETURNING transfer_id)
        INSERT INTO settlement.ledger_entries (transfer_id, account_id, currency, amount_minor, balance_after_minor, value_date, as_of)
        SELECT t.transfer_id, a.account_id, 'USD', CASE a.account_number WHEN 'CUST-1' THEN -999999999 ELSE 999999999 END, 0, '2026-11-18', now()
          FROM t, settlement.accounts a WHERE a.account_number IN ('CUST-1', 'OPENING-USD')
        """)).ShouldBe(Npgsql.PostgresErrorCodes.CheckViolation);

    [Fact]
    public async Task Lock_Frozen_CannotExpireByHand()
    {
        var other = await bank.CreateAsync();
        await bank.LockAsync(other);
        await bank.TransferAsync(other);
        (await database.RefusalAsync($"UPDATE settlement.fund_locks SET state = 'EXPIRED', ended_as_of = now(), end_reason = 'x' WHERE settlement_id = '{other}'"))
            .ShouldBe(Npgsql.PostgresErrorCodes.CheckViolation);
        (await database.RefusalAsync($"UPDATE settlement.fund_locks SET frozen_as_of = NULL WHERE settlement_id = '{other}'")).ShouldBe(SqlStates.Immutable);
    }

    [Fact]
    public async Task Lock_Ended_CannotEndAgain() =>
        (await database.RefusalAsync("UPDATE settlement.fund_locks SET state = 'VOIDED', end_reason = 'again' WHERE state = 'POSTED'")).ShouldBe(SqlStates.LockNotActive);

    [Fact]
    public async Task Insert_OtherThanPending_IsRefused() =>
        (await database.RefusalAsync("""
            INSERT INTO settlement.settlement_transactions
            SELECT (jsonb_populate_record(s, jsonb_build_object('settlement_id', gen_random_uuid(), 'reference', 'S20261118ZZZZZZZZZZ'))).*
              FROM settlement.settlement_transactions s WHERE s.status = 'SETTLED'
            """)).ShouldBe(SqlStates.InvalidTransition);

    [Fact]
    public async Task Create_AccountOfAnotherEntityOrCurrency_IsRefused()
    {
        foreach (var terms in (NewSettlement[])[Bank.Terms() with { EntityId = "OTHER" }, Bank.Terms() with { Amount = new Money(1, Currency.Eur), Fee = null }, Bank.Terms() with { DebtorAccount = "NOBODY" }])
            (await Should.ThrowAsync<SettlementException>(() => SettlementCreator.InsertAsync(database.DataSource, terms))).Failure.ShouldBe(SettlementFailure.UnknownAccount);
    }

    [Fact]
    public async Task Create_SameTradeTwice_IsRefused()
    {
        await bank.CreateAsync(tradeId: "T-1");
        (await Should.ThrowAsync<SettlementException>(() => bank.CreateAsync(tradeId: "T-1"))).Failure.ShouldBe(SettlementFailure.DuplicateReference);
    }

    [Fact]
    public async Task TransitionRules_InTheDatabase_AreTheDomains()
    {
        await using var command = database.DataSource.CreateCommand("SELECT kind || ' ' || from_status || ' ' || to_status FROM settlement.settlement_transition_rules");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        rows.ShouldBe(SettlementTransitions.All.Select(row => $"{UpperSnake.Of(row.Kind)} {UpperSnake.Of(row.From)} {UpperSnake.Of(row.To)}"), ignoreOrder: true);
    }
}
