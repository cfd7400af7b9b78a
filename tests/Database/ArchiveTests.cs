using Npgsql;
using Settlement.Database.Proof;

namespace Settlement.Database.Tests;

/// <summary>What ended long ago leaves the tables, stays verifiable, and comes back exactly as it was.</summary>
public sealed class ArchiveTests : DatabaseTest
{
    private static readonly string[] Moved =
    [
        "settlement_status_history", "settlement_operation_checkpoints", "compensation_transactions", "fund_locks", "cases", "outbox_events", "audit_log",
    ];

    private static readonly DateTimeOffset Later = Now.AddDays(91);

    private Bank bank = null!;
    private SettlementArchive archive = null!;
    private Guid old;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bank = await Bank.OpenAsync(DataSource);
        archive = new SettlementArchive(DataSource);
        old = await bank.SettleAsync();
        // Something newer holds the last event position and keeps the books busy.
        await bank.CreateAsync();
        await WriteDownAsync();
    }

    [Fact]
    public async Task Store_EndedLongAgo_MovesItsRecordsAndKeepsWhatMustBeRefusedForEver()
    {
        var stored = await archive.StoreAsync(Now.AddDays(1), Later);
        stored.Select(one => one.SettlementId).ShouldBe([old]);
        foreach (var table in Moved.Where(table => table != "audit_log"))
            (await CountAsync(table)).ShouldBe(0, table);
        (await ScalarAsync<string>($"SELECT string_agg(action, ' ') FROM settlement.audit_log WHERE settlement_id = '{old}'")).ShouldBe("archived");
        foreach (var table in (string[])["settlement_transactions", "bank_instructions", "ledger_transfers", "settlement_atomic_operations"])
            (await CountAsync(table)).ShouldBe(1, table);
    }

    [Fact]
    public async Task Store_ThenVerify_BothChainsAndTheBooksHold()
    {
        await archive.StoreAsync(Now.AddDays(1), Later);
        await WriteDownAsync();
        (await new AuditVerifier(DataSource).VerifyAsync()).ShouldBeEmpty();
        (await new ArchiveVerifier(DataSource).VerifyAsync()).ShouldBeEmpty();
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restore_Archived_BringsEveryRowBackByteForByte()
    {
        var before = await FingerprintsAsync();
        await archive.StoreAsync(Now.AddDays(1), Later);
        await WriteDownAsync();

        (await archive.RestoreAsync(old, Tester, "asked for by the auditor", Later)).ShouldBeTrue();

        (await FingerprintsAsync()).ShouldBe(before);
        await WriteDownAsync();
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldBeEmpty();
        (await archive.RestoreAsync(old, Tester, "again", Later)).ShouldBeFalse("it is here already");
        (await ScalarAsync<string>($"SELECT string_agg(action, ' ' ORDER BY audit_id) FROM settlement.audit_log WHERE settlement_id = '{old}' AND action IN ('archived', 'restored')"))
            .ShouldBe("archived restored");
    }

    [Fact]
    public async Task Restore_ThenStoreAgain_GoesOnWithTheSameChain()
    {
        await archive.StoreAsync(Now.AddDays(1), Later);
        await archive.RestoreAsync(old, Tester, "once more", Later);
        await WriteDownAsync();
        (await archive.StoreAsync(Now.AddDays(1), Later)).Single().ArchiveNumber.ShouldBe(2);
        await WriteDownAsync();
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldBeEmpty();
        (await archive.RestoreAsync(old, Tester, "and again", Later)).ShouldBeTrue();
    }

    [Fact]
    public async Task Step_OnAnArchivedSettlement_FindsItsFirstAnswer()
    {
        var first = await bank.FinalizeAsync(old);
        await archive.StoreAsync(Now.AddDays(1), Later);
        var again = await bank.FinalizeAsync(old);
        again.Repeated.ShouldBeTrue();
        again.Value.ShouldBe(first.Value);
        (await ScalarAsync<long>("SELECT count(*) FROM settlement.ledger_transfers WHERE kind = 'SETTLEMENT'")).ShouldBe(1);
    }

    [Fact]
    public async Task Store_CaseThatATicketClosed_GoesAndComesBackWhileTheTicketStays()
    {
        await SqlAsync($"""
            INSERT INTO settlement.cases (case_id, settlement_id, reason, evidence, opened_as_of, state, resolution, resolved_by, approved_by, resolved_as_of)
            VALUES ('5b0f1c7a-0000-4000-8000-000000000001', '{old}', 'SUSPENSE', 'null', now(), 'RESOLVED', 'given back', 'olga', 'anna', now());
            INSERT INTO settlement.approval_tickets (ticket_hash, settlement_id, case_id, action, approver, reason, expires_at)
            VALUES (sha256('x'), '{old}', '5b0f1c7a-0000-4000-8000-000000000001', 'close_case', 'anna', 'checked', now())
            """);
        (await archive.StoreAsync(Now.AddDays(1), Later)).ShouldHaveSingleItem();
        (await CountAsync("cases")).ShouldBe(0);
        (await archive.RestoreAsync(old, Tester, "asked for by the auditor", Later)).ShouldBeTrue();
        (await CountAsync("cases")).ShouldBe(1);
        (await CountAsync("approval_tickets")).ShouldBe(1);
    }

    [Theory]
    [InlineData("too young")]
    [InlineData("not ended")]
    [InlineData("open case")]
    [InlineData("unsealed")]
    [InlineData("unpublished")]
    public async Task Store_WithSomethingOpen_LeavesIt(string why)
    {
        var limit = Now.AddDays(1);
        if (why == "too young")
            limit = Now;
        else if (why == "not ended")
            await RunSabotageAsync($"UPDATE settlement.settlement_transactions SET status = 'CONFIRMED' WHERE settlement_id = '{old}'");
        else if (why == "open case")
            await SqlAsync($"INSERT INTO settlement.cases (case_id, settlement_id, reason, evidence, opened_as_of) VALUES (gen_random_uuid(), '{old}', 'SUSPENSE', 'null', now())");
        else if (why == "unsealed")
            await RunSabotageAsync($"UPDATE settlement.audit_log SET seal_number = NULL WHERE settlement_id = '{old}'");
        else
            await RunSabotageAsync($"UPDATE settlement.outbox_events SET position = NULL WHERE settlement_id = '{old}'");
        (await archive.StoreAsync(limit, Later)).ShouldBeEmpty(why);
    }

    [Fact]
    public async Task Store_HolderOfTheNewestEvent_WaitsSoThatPositionsNeverRepeat()
    {
        var newest = await ScalarAsync<long>("SELECT max(position) FROM settlement.outbox_events");
        await RunSabotageAsync($"UPDATE settlement.outbox_events SET position = {newest + 10} WHERE sequence = (SELECT max(sequence) FROM settlement.outbox_events WHERE settlement_id = '{old}')");
        (await archive.StoreAsync(Now.AddDays(1), Later)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Store_FromManyWorkersAtOnce_ArchivesEachOnceInOneChain()
    {
        for (var i = 0; i < 12; i++)
            await bank.SettleAsync(100, 0);
        await bank.CreateAsync();
        await WriteDownAsync();
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => archive.StoreAsync(Now.AddDays(1), Later, limit: 5)));
        var numbers = runs.SelectMany(run => run.Select(one => one.ArchiveNumber)).Order().ToList();
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count).Select(number => (long)number));
        runs.SelectMany(run => run.Select(one => one.SettlementId)).Distinct().Count().ShouldBe(numbers.Count);
        numbers.Count.ShouldBe(13);
        (await new ArchiveVerifier(DataSource).VerifyAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE archive.settlements SET record = '{}'", "archived record altered")]
    [InlineData("UPDATE archive.settlements SET previous_hash = sha256('x')", "archive chain broken")]
    [InlineData("UPDATE archive.settlements SET archive_number = 7", "archive link missing")]
    [InlineData("DELETE FROM archive.settlements", "marked as archived, but not in the archive")]
    [InlineData("UPDATE archive.audit_log SET reason = 'nothing happened'", "audit rows altered")]
    [InlineData("DELETE FROM archive.audit_log WHERE action = 'status_changed'", "audit rows of an archived settlement are not those that were archived")]
    public async Task Verify_AlteredArchive_IsFound(string sabotage, string found)
    {
        await archive.StoreAsync(Now.AddDays(1), Later);
        await WriteDownAsync();
        await RunSabotageAsync(sabotage);
        (await new BooksProver(DataSource).ProveAsync()).Breaches.Select(breach => breach.What).ShouldContain(found);
    }

    [Fact]
    public async Task Restore_AlteredRecord_IsRefused()
    {
        await archive.StoreAsync(Now.AddDays(1), Later);
        await RunSabotageAsync("UPDATE archive.settlements SET record = '{}'");
        (await Should.ThrowAsync<PostgresException>(() => archive.RestoreAsync(old, Tester, "x", Later))).SqlState.ShouldBe(SqlStates.ArchiveAltered);
        (await CountAsync("settlement_status_history")).ShouldBe(0);
    }

    [Theory]
    [InlineData("DELETE FROM archive.settlements")]
    [InlineData("UPDATE archive.settlements SET record = '{}'")]
    [InlineData("TRUNCATE archive.settlements")]
    [InlineData("DELETE FROM archive.audit_log")]
    [InlineData("UPDATE archive.audit_log SET reason = 'x'")]
    [InlineData("INSERT INTO archive.audit_log SELECT * FROM archive.audit_log")]
    [InlineData("TRUNCATE archive.audit_log")]
    public async Task RewriteOfTheArchive_ByAnybody_IsRefused(string sql)
    {
        await archive.StoreAsync(Now.AddDays(1), Later);
        (await Should.ThrowAsync<PostgresException>(() => SqlAsync(sql))).SqlState.ShouldBe(SqlStates.Immutable);
    }

    [Fact]
    public async Task AuditTables_LiveAndArchived_HaveTheSameColumns()
    {
        const string Columns = "SELECT string_agg(column_name || ' ' || data_type, ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = 'audit_log' AND table_schema = ";
        (await ScalarAsync<string>($"{Columns}'archive'")).ShouldBe(await ScalarAsync<string>($"{Columns}'settlement'"));
    }

    private Task<long> CountAsync(string table) => ScalarAsync<long>($"SELECT count(*) FROM settlement.{table} WHERE settlement_id = '{old}'");

    /// <summary>A digest of every moved row as it is stored, the audit of the archiving itself aside.</summary>
    private async Task<Dictionary<string, string>> FingerprintsAsync()
    {
        var prints = new Dictionary<string, string>();
        foreach (var table in Moved)
        {
            var except = table == "audit_log" ? "AND action NOT IN ('archived', 'restored')" : "";
            prints[table] = await ScalarAsync<string>(
                $"SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM settlement.{table} t WHERE settlement_id = '{old}' {except}");
        }

        return prints;
    }

    /// <summary>Publishes the events and seals the audit rows.</summary>
    private async Task WriteDownAsync()
    {
        await new OutboxRelay(DataSource).RelayOnceAsync();
        await new AuditSealer(DataSource).SealOnceAsync();
    }

    private async Task RunSabotageAsync(string sql)
    {
        await using var connection = await DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"SET session_replication_role = replica; {sql}; SET session_replication_role = DEFAULT", connection);
        (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0);
    }
}
