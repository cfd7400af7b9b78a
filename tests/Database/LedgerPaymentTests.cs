using Settlement.Database.Proof;
using Settlement.Domain;

namespace Settlement.Database.Tests;

/// <summary>Kinds of payments beside the plain one, and many at once.</summary>
public sealed class LedgerPaymentTests : DatabaseTest
{
    [Fact]
    public async Task Exchange_WithFee_IsOneTransferThatSumsToZeroInEachCurrency()
    {
        var (bank, accounts, given, paid, fee) = await ExchangeAsync();
        var id = await bank.CreateAsync();
        await LockAsync(id, PaymentLegs.ExchangeHolds(accounts, given, paid, fee));
        await bank.TransferAsync(id);
        await bank.ConfirmAsync(id);
        await Runner.RunAsync(Key(id, StepName.Finalize), Now, step =>
        {
            step.Ledger.PostLocked(PaymentLegs.Exchange(accounts, given, paid, fee), Bank.Today, "payment in EUR");
            step.Transition(SettlementStatus.Settled, Tester, "posted");
            return Task.FromResult(true);
        });

        (await PostedAsync(Bank.Customer)).ShouldBe(1_000_000 - 10_025);
        (await PostedAsync("NOSTRO-EUR")).ShouldBe(5_000_000 - 9_200);
        (await PostedAsync("FX-USD")).ShouldBe(10_000);
        (await PostedAsync("FX-EUR")).ShouldBe(-9_200);
        (await PostedAsync("FEE-USD")).ShouldBe(25);
        (await ScalarAsync<long>("SELECT count(DISTINCT transfer_id) FROM settlement.ledger_entries e JOIN settlement.ledger_transfers t USING (transfer_id) WHERE t.kind = 'SETTLEMENT'")).ShouldBe(1);
        await new AuditSealer(DataSource).SealOnceAsync();
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Exchange_MoreThanIsLockedAtTheNostro_IsRefused()
    {
        var (bank, accounts, given, paid, fee) = await ExchangeAsync();
        var id = await bank.CreateAsync();
        await LockAsync(id, PaymentLegs.ExchangeHolds(accounts, given, paid, fee));
        await bank.TransferAsync(id);
        await bank.ConfirmAsync(id);
        (await Should.ThrowAsync<SettlementException>(() => Runner.RunAsync(Key(id, StepName.Finalize), Now, step => Task.FromResult(
            step.Ledger.PostLocked(PaymentLegs.Exchange(accounts, given, paid + new Money(1, Currency.Eur), fee), Bank.Today, "a cent more"))))).Failure.ShouldBe(SettlementFailure.LockNotActive);
    }

    [Fact]
    public async Task Exchange_NostroWithoutCover_HoldsNothingInEitherCurrency()
    {
        var (bank, accounts, given, _, fee) = await ExchangeAsync();
        var id = await bank.CreateAsync();
        var outcome = await LockAsync(id, PaymentLegs.ExchangeHolds(accounts, given, new Money(5_000_001, Currency.Eur), fee), expectHeld: false);
        outcome.Refusal.ShouldBe(SettlementFailure.InsufficientFunds);
        (await ScalarAsync<decimal>("SELECT sum(held_minor) FROM settlement.accounts")).ShouldBe(0);
    }

    [Fact]
    public async Task Vostro_PaymentOutOfIt_IsCoveredAndPostedLikeACustomers()
    {
        var bank = await Bank.OpenAsync(DataSource);
        await new AccountSeeder(DataSource).OpenAsync(
        [
            new NewAccount
            {
                AccountNumber = "VOSTRO-1", Kind = AccountKind.Vostro, EntityId = Bank.Entity, Name = "Other bank with us", Currency = Currency.Usd,
                OpeningBalance = Usd(20_000), BankId = "otherbank", BankBic = "OTHRUS33",
            },
        ], Now);
        var terms = Bank.Terms() with { DebtorAccount = "VOSTRO-1" };
        await SettlementCreator.InsertAsync(DataSource, terms);
        var vostro = (await bank.Directory.FindAsync("VOSTRO-1"))!;
        await LockAsync(terms.SettlementId, PaymentLegs.Holds(vostro.AccountId, bank.Nostro.AccountId, Usd(10_000), Usd(25)));
        await bank.TransferAsync(terms.SettlementId);
        await bank.ConfirmAsync(terms.SettlementId);
        await Runner.RunAsync(Key(terms.SettlementId, StepName.Finalize), Now, step =>
        {
            step.Ledger.PostLocked(PaymentLegs.Payment(vostro.AccountId, bank.Nostro.AccountId, bank.Fees.AccountId, step.Amount, step.Fee), Bank.Today, "out of the vostro");
            step.Transition(SettlementStatus.Settled, Tester, "posted");
            return Task.FromResult(true);
        });
        (await PostedAsync("VOSTRO-1")).ShouldBe(9_975);
        await new AuditSealer(DataSource).SealOnceAsync();
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Settle_TwoHundredAtOnceForMoneyOfOneHundred_ExactlyOneHundredSettleAndNoDeadlockShows()
    {
        var bank = await Bank.OpenAsync(DataSource, customerMinor: 100 * 10_025);
        var ids = new List<Guid>();
        for (var i = 0; i < 200; i++)
            ids.Add(await bank.CreateAsync());

        // Every step in flight with every other; anything but an answer fails the test.
        var held = await Task.WhenAll(ids.Select(async id =>
        {
            if (!(await bank.LockAsync(id)).Value.IsHeld)
                return false;
            await bank.TransferAsync(id);
            await bank.ConfirmAsync(id);
            await bank.FinalizeAsync(id);
            return true;
        }));

        held.Count(settled => settled).ShouldBe(100);
        (await ScalarAsync<string>("SELECT string_agg(status || ' ' || n, ', ' ORDER BY status) FROM (SELECT status, count(*) AS n FROM settlement.settlement_transactions GROUP BY 1) s"))
            .ShouldBe("FAILED 100, SETTLED 100");
        (await PostedAsync(Bank.Customer)).ShouldBe(0);
        await new OutboxRelay(DataSource).RelayOnceAsync(limit: 5_000);
        await new AuditSealer(DataSource).SealOnceAsync(5_000);
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldBeEmpty();
        (await ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0, "one order of locks for all");
    }

    [Fact]
    public async Task Post_SameAccountsInOppositeOrder_NeverDeadlock()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var ids = new List<Guid>();
        for (var i = 0; i < 60; i++)
            ids.Add(await bank.CreateAsync());
        await Task.WhenAll(ids.Select((id, i) => Runner.RunActionAsync(id, new StepName("post"), Now, step =>
        {
            Leg[] legs = [new(bank.Debtor.AccountId, Usd(i % 2 == 0 ? -1 : 1)), new(bank.Nostro.AccountId, Usd(i % 2 == 0 ? 1 : -1))];
            return Task.FromResult(step.Ledger.PostUnlocked(TransferKind.Correction, i % 3 == 0 ? [.. legs.Reverse()] : legs, Bank.Today, "crossing"));
        })));
        (await ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);
        (await PostedAsync(Bank.Customer)).ShouldBe(1_000_000);
    }

    private async Task<(Bank Bank, ExchangeAccounts Accounts, Money Given, Money Paid, Money Fee)> ExchangeAsync()
    {
        var bank = await Bank.OpenAsync(DataSource);
        await new AccountSeeder(DataSource).OpenAsync(
        [
            new NewAccount
            {
                AccountNumber = "NOSTRO-EUR", Kind = AccountKind.Nostro, EntityId = InternalAccounts.EntityId, Name = "Nostro in euro", Currency = Currency.Eur,
                OpeningBalance = new Money(5_000_000, Currency.Eur), BankId = Bank.BankId, BankBic = "SIMBUS33", NumberThere = "0816",
            },
        ], Now);
        var accounts = new ExchangeAccounts(
            bank.Debtor.AccountId,
            (await bank.Directory.FindFxPositionAsync(Currency.Usd))!.AccountId,
            (await bank.Directory.FindFxPositionAsync(Currency.Eur))!.AccountId,
            (await bank.Directory.FindNostroAsync(Bank.BankId, Currency.Eur))!.AccountId,
            bank.Fees.AccountId);
        return (bank, accounts, Usd(10_000), new ExchangeRate(Currency.Usd, Currency.Eur, 0.92m).Convert(Usd(10_000)), Usd(25));
    }

    private async Task<HoldOutcome> LockAsync(Guid id, IReadOnlyList<Hold> holds, bool expectHeld = true)
    {
        var outcome = (await Runner.RunAsync(Key(id, StepName.Lock), Now, async step =>
        {
            var held = await step.Ledger.HoldAsync(Now.AddHours(1), holds);
            if (held.IsHeld)
                step.Transition(SettlementStatus.FundsLocked, Tester, "locked");
            return held;
        })).Value;
        outcome.IsHeld.ShouldBe(expectHeld);
        return outcome;
    }

    private Task<long> PostedAsync(string number) => ScalarAsync<long>($"SELECT posted_minor FROM settlement.accounts WHERE account_number = '{number}'");
}
