using Npgsql;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>Events, audit chain, bank messages, reference data, jobs, read models.</summary>
public class RecordTests : DatabaseTest
{
    private Bank bank = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bank = await Bank.OpenAsync(DataSource);
    }

    [Fact]
    public async Task Relay_Events_ComeInOrderPerSettlementAndOnce()
    {
        var first = await bank.SettleAsync();
        await bank.SettleAsync();
        var relay = new OutboxRelay(DataSource);
        var published = new List<OutboxEvent>();
        while (await relay.RelayOnceAsync((events, _) => { published.AddRange(events); return Task.CompletedTask; }, limit: 3) > 0)
            continue;
        published.Select(row => row.Position!.Value).ShouldBe(Enumerable.Range(1, 10).Select(i => (long)i));
        published.Where(row => row.SettlementId == first).Select(row => row.Type).ShouldBe(
            ["settlement.pending", "settlement.funds_locked", "settlement.transfer_initiated", "settlement.confirmed", "settlement.settled"]);
        (await new OutboxReader(DataSource).AfterAsync(7, ReadScope.All)).Count.ShouldBe(3);
        (await new OutboxReader(DataSource).AfterAsync(0, ReadScope.Of("OTHER"))).ShouldBeEmpty();
        (await new OutboxReader(DataSource).AfterAsync(0, ReadScope.Of(Bank.Entity), first)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Relay_PublisherFails_SameEventsComeAgain()
    {
        await bank.CreateAsync();
        var relay = new OutboxRelay(DataSource);
        await Should.ThrowAsync<IOException>(() => relay.RelayOnceAsync((_, _) => throw new IOException("broker away")));
        (await new OutboxReader(DataSource).AfterAsync(0, ReadScope.All)).ShouldBeEmpty();
        (await relay.RelayOnceAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Relay_ManyAtOnce_GiveNoPositionTwice()
    {
        for (var i = 0; i < 20; i++)
            await bank.CreateAsync(100, 0);
        var relay = new OutboxRelay(DataSource);
        while ((await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => relay.RelayOnceAsync(limit: 5)))).Sum() > 0)
            continue;
        (await new OutboxReader(DataSource).LastPositionAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task AuditChain_Sealed_Verifies()
    {
        await bank.SettleAsync();
        var sealer = new AuditSealer(DataSource);
        (await sealer.SealOnceAsync(limit: 4)).ShouldBe(4);
        while (await sealer.SealOnceAsync(limit: 4) > 0)
            continue;
        (await new AuditVerifier(DataSource).VerifyAsync()).ShouldBeEmpty();
        (await ScalarAsync<long>("SELECT count(*) FROM settlement.audit_seals")).ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("UPDATE settlement.audit_log SET actor = 'innocent' WHERE audit_id = (SELECT min(audit_id) FROM settlement.audit_log)", "altered")]
    [InlineData("UPDATE settlement.audit_log SET as_of = as_of + interval '1 second' WHERE audit_id = (SELECT max(audit_id) FROM settlement.audit_log)", "altered")]
    [InlineData("DELETE FROM settlement.audit_log WHERE audit_id = (SELECT min(audit_id) FROM settlement.audit_log)", "missing")]
    [InlineData("DELETE FROM settlement.audit_seals WHERE seal_number = 1", "missing")]
    [InlineData("UPDATE settlement.audit_seals SET previous_hash = sha256('x') WHERE seal_number = 2", "broken")]
    [InlineData("INSERT INTO settlement.audit_log (target, action, actor, actor_source, reason, as_of, seal_number) VALUES ('x', 'x', 'x', 'API', 'x', now(), 1)", "added")]
    public async Task AuditChain_TamperedWithByASuperuser_IsFound(string tampering, string what)
    {
        await bank.SettleAsync();
        var sealer = new AuditSealer(DataSource);
        while (await sealer.SealOnceAsync(limit: 4) > 0)
            continue;
        await WithoutTriggersAsync(tampering);
        (await new AuditVerifier(DataSource).VerifyAsync()).ShouldContain(breach => breach.What.Contains(what));
    }

    [Fact]
    public async Task AuditChain_RowsLeftUnsealed_AreFound()
    {
        await WithoutTriggersAsync("UPDATE settlement.audit_log SET recorded_at = recorded_at - interval '6 seconds'");
        (await new AuditVerifier(DataSource).VerifyAsync()).ShouldContain(breach => breach.What == "audit rows left unsealed");
    }

    [Fact]
    public async Task BankMessage_Repeated_IsKeptOnceAndKnown()
    {
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        var uetr = Uetr.New();
        await bank.TransferAsync(id, uetr);
        var store = new BankMessageStore(DataSource);
        var message = new IncomingBankMessage(Bank.BankId, "M-1", uetr, "pacs.002", "ACSC", Usd(10_000), "{}", Now);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.RecordAsync(message)));
        receipts.Count(receipt => receipt.IsNew).ShouldBe(1);
        receipts.ShouldAllBe(receipt => receipt.SettlementId == id);
        (await ScalarAsync<int>("SELECT repeats FROM settlement.bank_messages")).ShouldBe(7);
    }

    [Fact]
    public async Task BankMessage_OfAnotherBankOrUnknownUetr_IsKeptUnmatched()
    {
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        var uetr = Uetr.New();
        await bank.TransferAsync(id, uetr);
        var store = new BankMessageStore(DataSource);
        (await store.RecordAsync(new IncomingBankMessage("otherbank", "M-1", uetr, "pacs.002", "ACSC", null, "{}", Now))).SettlementId.ShouldBeNull("a bank speaks of its own payments only");
        (await store.RecordAsync(new IncomingBankMessage(Bank.BankId, "M-2", Uetr.New(), "pacs.002", "ACSC", null, "{}", Now))).SettlementId.ShouldBeNull();
        (await ScalarAsync<string>("SELECT string_agg(DISTINCT disposition, ' ') FROM settlement.bank_messages")).ShouldBe("UNMATCHED");
    }

    [Fact]
    public async Task ReferenceData_Seeded_HasRailsAndCalendars()
    {
        using var cache = new ReferenceDataCache(DataSource);
        var data = await cache.GetAsync();
        data.Window("T2", Currency.Eur).CutOff.ShouldBe(new TimeOnly(17, 0));
        data.Window(CalendarRules.AlwaysOpen, Currency.Bhd).CutOff.ShouldBeNull();
        data.Calendar(["TARGET", "FEDWIRE"]).IsBusinessDay(new DateOnly(2026, 11, 26)).ShouldBeFalse();
        Should.Throw<SettlementException>(() => data.Window("T2", Currency.Jpy)).Failure.ShouldBe(SettlementFailure.UnknownWindow);
        Should.Throw<SettlementException>(() => data.Calendar(["NOWHERE"])).Failure.ShouldBe(SettlementFailure.UnknownCalendar);
        data.Screening.ShouldBeNull("nobody has published a list yet");
    }

    [Fact]
    public async Task ReferenceData_NewVersions_ReplaceTheOld()
    {
        var writer = new ReferenceDataWriter(DataSource);
        await writer.PublishWindowAsync(new SettlementWindow("T2", Currency.Eur, CalendarRules.Target, "Europe/Berlin", new TimeOnly(2, 30), new TimeOnly(16, 0)), Tester, "earlier", Now);
        await writer.ExtendWindowAsync("T2", Currency.Eur, Bank.Today, new TimeOnly(18, 0), Tester, "outage", Now);
        await writer.SetSwitchAsync(SwitchName.ForCurrency(SwitchName.Transfers, Currency.Eur), true, Tester, "sanctions", Now);
        await writer.SetLimitsAsync(ReferenceData.LimitWildcard, "EUR", new SettlementLimits(MaxAmountMinor: 5), Tester, "low", Now);
        await writer.SetLimitsAsync(Bank.Entity, "EUR", new SettlementLimits(MaxAmountMinor: 9), Tester, "high", Now);
        await writer.PublishScreeningListAsync(["Evil"], [], [], "file", Tester, Now);
        using var cache = new ReferenceDataCache(DataSource);
        var data = await cache.GetAsync();
        var window = data.Window("T2", Currency.Eur);
        (window.Version, window.CutOff, window.Extensions[Bank.Today]).ShouldBe((2, new TimeOnly(16, 0), new TimeOnly(18, 0)));
        data.StoppedBecause(SwitchName.Transfers, Currency.Eur).ShouldBe("sanctions");
        data.StoppedBecause(SwitchName.Transfers, Currency.Usd).ShouldBeNull();
        data.Limits(Bank.Entity, Currency.Eur).MaxAmountMinor.ShouldBe(9);
        data.Limits("OTHER", Currency.Eur).MaxAmountMinor.ShouldBe(5);
        data.Limits("OTHER", Currency.Usd).MaxAmountMinor.ShouldBeNull();
        ScreeningList.Screen(data.Screening, Now, "EVIL", null, null).ShouldBe("name");
        (await ScalarAsync<long>("SELECT count(*) FROM settlement.audit_log WHERE action IN ('window_published', 'window_extended', 'switch_stopped', 'limits_set', 'screening_list_published')")).ShouldBe(6);
    }

    [Fact]
    public async Task JobLedger_OneSlot_RunsOnceWhateverTheNumberOfWorkers()
    {
        var ledger = new JobLedger(DataSource);
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => ledger.TryStartAsync("sweep", Now, $"worker-{i}", Now)));
        claims.Count(claimed => claimed).ShouldBe(1);
        var winner = $"worker-{Array.IndexOf(claims, true)}";
        await ledger.FinishAsync("sweep", Now, winner, succeeded: false, Now);
        (await ledger.TryStartAsync("sweep", Now, "worker-x", Now)).ShouldBeTrue("a failed slot may be taken again");
        await ledger.FinishAsync("sweep", Now, "worker-x", succeeded: true, Now);
        (await ledger.TryStartAsync("sweep", Now, "worker-y", Now)).ShouldBeFalse("a succeeded one never");
    }

    [Fact]
    public async Task Reader_Scope_HidesOtherEntities()
    {
        var id = await bank.SettleAsync();
        await using var context = SettlementDatabase.CreateContext(DataSource);
        var (settlements, accounts) = (new SettlementReader(context), new AccountReader(context));
        (await settlements.FindAsync(id, ReadScope.Of("OTHER"))).ShouldBeNull();
        (await settlements.HistoryAsync(id, ReadScope.Of("OTHER"))).ShouldBeEmpty();
        (await settlements.ListAsync(new SettlementFilter(), ReadScope.Of("OTHER"), 10)).Items.ShouldBeEmpty();
        (await settlements.FindAsync(id, ReadScope.Of(Bank.Entity))).ShouldNotBeNull();
        (await accounts.FindAsync(Bank.Customer, ReadScope.Of("OTHER"))).ShouldBeNull();
        (await accounts.EntriesAsync(bank.Debtor.AccountId, ReadScope.Of("OTHER"), 10)).Items.ShouldBeEmpty();
        (await accounts.EntriesAsync(bank.Debtor.AccountId, ReadScope.Of(Bank.Entity), 10)).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Reader_Pages_CoverAllOnceNewestFirst()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 7; i++)
            ids.Add(await bank.CreateAsync(100 + i, 0));
        await using var context = SettlementDatabase.CreateContext(DataSource);
        var reader = new SettlementReader(context);
        var (seen, cursor) = (new List<Guid>(), (string?)null);
        do
        {
            var page = await reader.ListAsync(new SettlementFilter { AccountNumber = Bank.Customer, OpenOnly = true, Statuses = [SettlementStatus.Pending] }, ReadScope.All, 3, cursor);
            seen.AddRange(page.Items.Select(row => row.SettlementId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        seen.Count.ShouldBe(7);
        seen.ShouldBe(ids, ignoreOrder: true);
        (await Should.ThrowAsync<SettlementException>(() => reader.ListAsync(new SettlementFilter(), ReadScope.All, 3, "'; DROP"))).Failure.ShouldBe(SettlementFailure.InvalidRequest);
    }

    [Fact]
    public async Task AccountReader_Balances_ShowPostedHeldAvailable()
    {
        await bank.SettleAsync(10_000, 25);
        await bank.LockAsync(await bank.CreateAsync(500, 0));
        await using var context = SettlementDatabase.CreateContext(DataSource);
        var reader = new AccountReader(context);
        var nostro = (await reader.NostroAsync(ReadScope.All)).ShouldHaveSingleItem();
        (nostro.Posted, nostro.Held, nostro.Available, nostro.BankId).ShouldBe((Usd(99_990_000), Usd(500), Usd(99_989_500), Bank.BankId));
        (await reader.PostedAsOfAsync(bank.Debtor.AccountId, Bank.Today)).ShouldBe(989_975);
        (await reader.PostedAsOfAsync(bank.Nostro.AccountId, Bank.Today)).ShouldBe(99_990_000);
        (await reader.PostedAsOfAsync(bank.Debtor.AccountId, Bank.Today.AddDays(-1))).ShouldBe(0);
    }

    [Fact]
    public async Task UnstartedAsync_OldPendingRows_AreFoundWithTheirInput()
    {
        var id = await bank.CreateAsync();
        await using var context = SettlementDatabase.CreateContext(DataSource);
        var reader = new SettlementReader(context);
        (await reader.UnstartedAsync(DateTimeOffset.UtcNow.AddHours(-1), 10)).ShouldBeEmpty();
        var row = (await reader.UnstartedAsync(DateTimeOffset.UtcNow.AddMinutes(1), 10)).ShouldHaveSingleItem();
        row.SettlementId.ShouldBe(id);
        row.WorkflowInput.ShouldContain("100.00");
    }

    /// <summary>What a superuser could do who switches the triggers off: only the chain can tell.</summary>
    private async Task WithoutTriggersAsync(string sql)
    {
        await using var connection = await DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"SET session_replication_role = replica; {sql}; SET session_replication_role = DEFAULT", connection);
        await command.ExecuteNonQueryAsync();
    }
}
