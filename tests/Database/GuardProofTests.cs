namespace Settlement.Database.Tests;

/// <summary>
/// For every trigger of the schema: something that it refuses, and that nothing refuses the same way once it is off. A trigger that was
/// forgotten here fails the first test; one that was removed or weakened fails its own.
/// </summary>
public sealed class GuardProofTests(GuardedDatabase database) : IClassFixture<GuardedDatabase>
{
    private const string Insert = "INSERT INTO settlement.ledger_entries (transfer_id, account_id, currency, amount_minor, balance_after_minor, value_date, as_of)";

    private const string Deliver = "INSERT INTO settlement.custody_entries (transfer_id, account_id, instrument, quantity, balance_after, value_date, as_of)";

    /// <summary>Triggers by table and name: what each must refuse, and how. Those that refuse any rewrite are proved by their names.</summary>
    private static readonly Dictionary<(string Table, string Trigger), (string Sql, string State)> Proofs = new()
    {
        [("settlement.settlement_transactions", "settlement_guard")] = ("UPDATE settlement.settlement_transactions SET amount_minor = 1 WHERE status = 'PENDING' OR status = 'FUNDS_LOCKED'", SqlStates.Immutable),
        [("settlement.settlement_transactions", "settlement_promise")] = ("UPDATE settlement.settlement_transactions SET status = 'AWAITING_RETRY', changed_step = 'lock' WHERE settlement_id IN (SELECT settlement_id FROM rolling)", SqlStates.BrokenPromise),
        [("settlement.accounts", "accounts_guard")] = ("UPDATE settlement.accounts SET posted_minor = posted_minor + 1 WHERE kind = 'CUSTOMER'", SqlStates.Immutable),
        [("settlement.ledger_entries", "ledger_entry_apply")] = ($"{Insert} SELECT transfer_id, gen_random_uuid(), 'USD', 1, 0, value_date, as_of FROM settlement.ledger_entries LIMIT 1", SqlStates.UnknownAccount),
        [("settlement.ledger_entries", "ledger_transfer_balanced")] = ($"{Insert} SELECT transfer_id, account_id, currency, 1, 0, value_date, as_of FROM settlement.ledger_entries LIMIT 1", SqlStates.Unbalanced),
        [("settlement.ledger_transfers", "ledger_transfer_not_empty")] = ("INSERT INTO settlement.ledger_transfers (transfer_id, kind, description, value_date, as_of) VALUES (gen_random_uuid(), 'CORRECTION', 'x', '2026-11-18', now())", SqlStates.Unbalanced),
        [("settlement.fund_locks", "fund_lock_apply")] = ("UPDATE settlement.fund_locks SET amount_minor = amount_minor + 1 WHERE state = 'ACTIVE'", SqlStates.Immutable),
        [("settlement.fund_locks", "fund_lock_frozen_guard")] = ("UPDATE settlement.fund_locks SET state = 'VOIDED', ended_as_of = now(), end_reason = 'x' WHERE state = 'ACTIVE' AND frozen_as_of IS NOT NULL", SqlStates.LockNotActive),
        [("settlement.audit_log", "audit_log_guard")] = ("UPDATE settlement.audit_log SET reason = 'x'", SqlStates.Immutable),
        [("settlement.outbox_events", "outbox_guard")] = ("UPDATE settlement.outbox_events SET payload = '1'", SqlStates.Immutable),
        [("settlement.bank_instructions", "bank_instruction_guard")] = ("UPDATE settlement.bank_instructions SET uetr = gen_random_uuid()", SqlStates.Immutable),
        [("settlement.bank_instructions", "instruction_is_covered")] = ("""
            INSERT INTO settlement.bank_instructions (instruction_id, settlement_id, attempt, kind, uetr, bank_id, currency, amount_minor, state, recorded_as_of)
            SELECT gen_random_uuid(), settlement_id, attempt, 'PAYMENT', gen_random_uuid(), 'b', 'USD', 1, 'RECORDED', now() FROM settlement.settlement_transactions WHERE status = 'FUNDS_LOCKED'
            """, SqlStates.BrokenPromise),
        [("settlement.bank_messages", "bank_message_guard")] = ("UPDATE settlement.bank_messages SET payload = '2'", SqlStates.Immutable),
        [("settlement.compensation_transactions", "compensation_guard")] = ("UPDATE settlement.compensation_transactions SET evidence = '2' WHERE state = 'SUCCEEDED'", SqlStates.Immutable),
        [("settlement.settlement_atomic_operations", "atomic_operation_guard")] = ("UPDATE settlement.settlement_atomic_operations SET state = 'IN_PROGRESS' WHERE state = 'ROLLED_BACK'", SqlStates.Immutable),
        [("settlement.cases", "case_guard")] = ("UPDATE settlement.cases SET evidence = '2'", SqlStates.Immutable),
        [("settlement.job_runs", "job_run_guard")] = ("UPDATE settlement.job_runs SET state = 'RUNNING'", SqlStates.Immutable),
        [("settlement.approval_tickets", "approval_ticket_guard")] = ("UPDATE settlement.approval_tickets SET approver = 'me'", SqlStates.Immutable),
        [("settlement.custody_holdings", "custody_holding_guard")] = ("UPDATE settlement.custody_holdings SET posted = posted + 1", SqlStates.Immutable),
        [("settlement.custody_entries", "custody_entry_apply")] = ($"{Deliver} SELECT transfer_id, gen_random_uuid(), 'X', 1, 0, value_date, as_of FROM settlement.ledger_transfers LIMIT 1", SqlStates.UnknownAccount),
        [("settlement.custody_entries", "custody_transfer_balanced")] = ($"{Deliver} SELECT transfer_id, account_id, instrument, 1, 0, value_date, as_of FROM settlement.custody_entries LIMIT 1", SqlStates.Unbalanced),
        [("settlement.account_statements", "account_statement_guard")] = ("""
            INSERT INTO settlement.account_statements (account_id, statement_number, date, closed_as_of, opening_minor, closing_minor, entry_count, first_entry_id, last_entry_id)
            SELECT account_id, statement_number + 1, date + 1, now(), closing_minor + 1, closing_minor + 1, 1, last_entry_id + 1, last_entry_id + 1
              FROM settlement.account_statements LIMIT 1
            """, SqlStates.BrokenPromise),
    };

    /// <summary>Triggers that write instead of refusing: what makes them, and where it shows.</summary>
    private static readonly Dictionary<(string Table, string Trigger), (string Sql, string Written)> Writers = new()
    {
        [("settlement.settlement_transactions", "settlement_record")] = (
            "UPDATE settlement.settlement_transactions SET needs_attention = true, attention_reason = 'SUSPENSE', attention_since = now() WHERE status = 'FUNDS_LOCKED'", "settlement.audit_log"),
        [("settlement.accounts", "account_audit")] = ("UPDATE settlement.accounts SET status = 'BLOCKED' WHERE kind = 'CUSTOMER'", "settlement.audit_log"),
        [("settlement.switches", "switch_audit")] = ("UPDATE settlement.switches SET stopped = true", "settlement.audit_log"),
        [("settlement.settlement_limits", "limit_audit")] = ("UPDATE settlement.settlement_limits SET max_amount_minor = 1", "settlement.audit_log"),
    };

    [Fact]
    public async Task Triggers_All_HaveAProof()
    {
        foreach (var (table, trigger) in await TriggersAsync())
        {
            var proved = trigger is "refuse_rewrite" or "refuse_delete" or "refuse_truncate" || Proofs.ContainsKey((table, trigger)) || Writers.ContainsKey((table, trigger));
            proved.ShouldBeTrue($"no proof here that {trigger} on {table} is needed");
        }
    }

    [Fact]
    public async Task Proofs_All_AreOfTriggersThatExist()
    {
        var there = (await TriggersAsync()).ToHashSet();
        foreach (var proved in Proofs.Keys.Concat(Writers.Keys))
            there.ShouldContain(proved);
    }

    [Fact]
    public async Task Guard_WithIt_Refuses_WithoutIt_NothingDoes()
    {
        foreach (var (guard, (sql, state)) in Proofs)
        {
            var prepared = Prepared(sql);
            (await database.TryAsync(prepared)).ShouldBe(state, $"{guard.Trigger} on {guard.Table}");
            (await database.TryAsync(prepared, guard)).ShouldNotBe(state, $"{guard.Trigger} on {guard.Table} is off, and something else refuses it the same way");
        }
    }

    [Fact]
    public async Task AppendOnly_EveryTable_RefusesUpdateAndDeleteByItsTriggerAlone()
    {
        foreach (var (table, trigger) in await TriggersAsync())
        {
            var sql = trigger switch
            {
                "refuse_rewrite" => await RewriteAsync(table),
                "refuse_delete" => $"DELETE FROM {table}",
                _ => null,
            };
            if (sql is null)
                continue;
            (await database.TryAsync(sql)).ShouldBe(SqlStates.Immutable, sql);
            (await database.TryAsync(sql, (table, trigger))).ShouldNotBe(SqlStates.Immutable, $"{sql} without {trigger}");
        }
    }

    [Fact]
    public async Task AppendOnly_EveryTable_RefusesTruncate()
    {
        foreach (var (table, _) in (await TriggersAsync()).Where(one => one.Trigger == "refuse_truncate"))
            (await database.TryAsync($"TRUNCATE {table} CASCADE")).ShouldBe(SqlStates.Immutable, table);
    }

    [Fact]
    public async Task Writer_WithIt_Writes_WithoutIt_NothingDoes()
    {
        foreach (var (writer, (sql, written)) in Writers)
        {
            var counting = $"DO $$ DECLARE before bigint; BEGIN SELECT count(*) INTO before FROM {written}; {sql}; "
                + $"IF (SELECT count(*) FROM {written}) = before THEN RAISE EXCEPTION 'nothing was written' USING ERRCODE = 'ZZ001'; END IF; END $$";
            (await database.TryAsync(counting)).ShouldBeNull($"{writer.Trigger} on {writer.Table}");
            (await database.TryAsync(counting, writer)).ShouldBe("ZZ001", $"{writer.Trigger} on {writer.Table} is off");
        }
    }

    [Fact]
    public async Task LimitAudit_ChangedLimit_HasBeforeAndAfter()
    {
        await new ReferenceDataWriter(database.DataSource).SetLimitsAsync("ACME", "USD", new Domain.SettlementLimits { MaxAmountMinor = 5 }, new Domain.Actor("ada", Domain.ActorSource.Api), "smaller", Bank.Now);
        await new ReferenceDataWriter(database.DataSource).SetLimitsAsync("ACME", "USD", new Domain.SettlementLimits { MaxAmountMinor = 9 }, new Domain.Actor("ada", Domain.ActorSource.Api), "larger", Bank.Now);
        (await database.ScalarAsync<string>("""
            SELECT string_agg(actor || ' ' || actor_source || ' ' || reason || ' ' || coalesce(before ->> 'max_amount_minor', '-') || '>' || (after ->> 'max_amount_minor'), ', ' ORDER BY audit_id)
              FROM settlement.audit_log WHERE target = 'limits:ACME/USD'
            """)).ShouldBe("ada API smaller ->5, ada API larger 5>9");
    }

    /// <summary>A settlement that rolls back with its lock still active, for the proof that it may not leave that state so.</summary>
    private string Prepared(string sql) => !sql.Contains("rolling", StringComparison.Ordinal) ? sql : $"""
        CREATE TEMPORARY TABLE rolling ON COMMIT DROP AS SELECT '{database.Locked}'::uuid AS settlement_id;
        UPDATE settlement.settlement_transactions SET status = 'ROLLING_BACK', changed_step = 'lock' WHERE settlement_id = '{database.Locked}';
        {sql}
        """;

    private async Task<string> RewriteAsync(string table)
    {
        var parts = table.Split('.');
        var column = await database.ScalarAsync<string>($"""
            SELECT column_name::text FROM information_schema.columns
             WHERE table_schema = '{parts[0]}' AND table_name = '{parts[1]}' AND is_identity = 'NO' ORDER BY ordinal_position DESC LIMIT 1
            """);
        return $"UPDATE {table} SET {column} = {column}; DELETE FROM {table}";
    }

    private async Task<List<(string Table, string Trigger)>> TriggersAsync()
    {
        await using var command = database.DataSource.CreateCommand("""
            SELECT n.nspname || '.' || c.relname, t.tgname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE NOT t.tgisinternal AND n.nspname IN ('settlement', 'archive') ORDER BY 1, 2
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var triggers = new List<(string, string)>();
        while (await reader.ReadAsync())
            triggers.Add((reader.GetString(0), reader.GetString(1)));
        return triggers;
    }
}
