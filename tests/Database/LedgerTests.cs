using Settlement.Database.Proof;
using Settlement.Domain;

namespace Settlement.Database.Tests;

public class LedgerTests : DatabaseTest
{
    [Fact]
    public async Task Hold_TwoHundredAtOnceForMoneyOfOneHundred_ExactlyOneHundredAreHeld()
    {
        var bank = await Bank.OpenAsync(DataSource, customerMinor: 100 * 10_000);
        var ids = new List<Guid>();
        for (var i = 0; i < 200; i++)
            ids.Add(await bank.CreateAsync(amountMinor: 9_975, feeMinor: 25));

        var outcomes = await Task.WhenAll(ids.Select(id => bank.LockAsync(id)));

        outcomes.Count(outcome => outcome.Value.IsHeld).ShouldBe(100);
        outcomes.Count(outcome => outcome.Value.Refusal == SettlementFailure.InsufficientFunds).ShouldBe(100);
        (await bank.BalanceAsync(bank.Debtor)).ShouldBe((1_000_000, 1_000_000));
        (await ScalarAsync<long>("SELECT count(*) FROM settlement.settlement_transactions WHERE status = 'FAILED' AND failure = 'INSUFFICIENT_FUNDS'")).ShouldBe(100);
        await new AuditSealer(DataSource).SealOnceAsync();
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Hold_NostroWithoutCover_HoldsNothingAnywhere()
    {
        var bank = await Bank.OpenAsync(DataSource, nostroMinor: 5_000);
        var outcome = (await bank.LockAsync(await bank.CreateAsync())).Value;
        outcome.Refusal.ShouldBe(SettlementFailure.InsufficientFunds);
        outcome.RefusedAccountId.ShouldBe(bank.Nostro.AccountId);
        (await bank.BalanceAsync(bank.Debtor)).Held.ShouldBe(0);
    }

    [Fact]
    public async Task Hold_BlockedAccount_IsRefused()
    {
        var bank = await Bank.OpenAsync(DataSource);
        await SqlAsync($"UPDATE settlement.accounts SET status = 'BLOCKED' WHERE account_number = '{Bank.Customer}'");
        (await bank.LockAsync(await bank.CreateAsync())).Value.Refusal.ShouldBe(SettlementFailure.AccountUnavailable);
    }

    [Fact]
    public async Task Hold_ToTheFloor_IsHeldAndOneMoreIsNot()
    {
        var bank = await Bank.OpenAsync(DataSource, customerMinor: 10_025);
        (await bank.LockAsync(await bank.CreateAsync())).Value.IsHeld.ShouldBeTrue();
        (await bank.LockAsync(await bank.CreateAsync(1, 0))).Value.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public async Task Finalize_AndVoidRaceForOneLock_ExactlyOneWins()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        await bank.ConfirmAsync(id);
        // Nobody may void in CONFIRMED; whoever tries meets the row lock, and after it a settlement that is SETTLED.
        Task<Exception?> FinalizeAsync() => CaughtAsync(() => bank.FinalizeAsync(id));
        Task<Exception?> VoidAsync(int i) => CaughtAsync(() => Runner.RunAsync(Key(id, StepName.VoidLock.With($"{i}")), Now, step =>
            step.Settlement.Status == SettlementStatus.Settled ? step.Ledger.VoidAsync("race") : Task.FromResult(0)));
        var race = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? FinalizeAsync() : VoidAsync(i)));
        race.ShouldAllBe(error => error == null);
        (await ScalarAsync<string>("SELECT string_agg(DISTINCT state, ' ') FROM settlement.fund_locks")).ShouldBe("POSTED");
        (await ScalarAsync<long>("SELECT count(*) FROM settlement.ledger_transfers WHERE kind = 'SETTLEMENT'")).ShouldBe(1);
    }

    [Fact]
    public async Task Post_VoidedLock_IsRefused()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        await Runner.RunAsync(Key(id, StepName.RollBack), Now, step =>
        {
            step.Transition(SettlementStatus.RollingBack, Tester, "rejected");
            return Task.FromResult(true);
        });
        await Runner.RunAsync(Key(id, StepName.VoidLock), Now, step => step.Ledger.VoidAsync("released"));
        var refusal = await Should.ThrowAsync<SettlementException>(() => Runner.RunAsync(Key(id, StepName.Finalize), Now, step => Task.FromResult(
            step.Ledger.PostLocked(PaymentLegs.Payment(bank.Debtor.AccountId, bank.Nostro.AccountId, bank.Fees.AccountId, step.Amount, step.Fee), Bank.Today, "too late"))));
        refusal.Failure.ShouldBe(SettlementFailure.LockNotActive);
        (await bank.BalanceAsync(bank.Debtor)).ShouldBe((1_000_000, 0));
    }

    [Fact]
    public async Task Void_LockUnderAnInstruction_IsRefusedUntilTheSettlementRollsBack()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        await bank.ConfirmAsync(id);
        (await Should.ThrowAsync<SettlementException>(() => Runner.RunAsync(Key(id, StepName.VoidLock), Now, step => step.Ledger.VoidAsync("a mistake"))))
            .Failure.ShouldBe(SettlementFailure.LockNotActive);
        (await bank.BalanceAsync(bank.Debtor)).Held.ShouldBe(10_025);
    }

    [Fact]
    public async Task Post_MoreThanIsLocked_IsRefused()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        await bank.ConfirmAsync(id);
        var refusal = await Should.ThrowAsync<SettlementException>(() => Runner.RunAsync(Key(id, StepName.Finalize), Now, step =>
        {
            step.Ledger.PostLocked(PaymentLegs.Payment(bank.Debtor.AccountId, bank.Nostro.AccountId, bank.Fees.AccountId, step.Amount, step.Fee + Usd(1)), Bank.Today, "one cent more");
            step.Transition(SettlementStatus.Settled, Tester, "posted");
            return Task.FromResult(true);
        }));
        refusal.Failure.ShouldBe(SettlementFailure.LockNotActive);
    }

    [Fact]
    public async Task Post_LegsThatDoNotSumToZero_IsABug()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var id = await bank.CreateAsync();
        await Should.ThrowAsync<ArgumentException>(() => Runner.RunAsync(Key(id, StepName.Finalize), Now, step => Task.FromResult(
            step.Ledger.PostUnlocked(TransferKind.Correction, [new Leg(bank.Debtor.AccountId, Usd(-100)), new Leg(bank.Nostro.AccountId, Usd(99))], Bank.Today, "x"))));
    }

    [Fact]
    public async Task Sweep_LockPastItsTime_IsReleasedAndCannotBeUsed()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var id = await bank.CreateAsync();
        await bank.LockAsync(id, expiresAt: Now.AddMinutes(1));
        (await new LockSweeper(DataSource).SweepAsync(Now.AddSeconds(59))).ShouldBeEmpty();
        var expired = await new LockSweeper(DataSource).SweepAsync(Now.AddMinutes(1));
        expired.Select(row => (row.SettlementId, row.Attempt)).Distinct().ShouldBe([(id, 1)]);
        (await bank.BalanceAsync(bank.Debtor)).ShouldBe((1_000_000, 0));
        (await Should.ThrowAsync<SettlementException>(() => bank.TransferAsync(id))).Failure.ShouldBe(SettlementFailure.LockNotActive);
    }

    [Fact]
    public async Task Freeze_LockPastItsTimeButNotSwept_IsRefused()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var id = await bank.CreateAsync();
        await bank.LockAsync(id, expiresAt: Now.AddMinutes(1));
        (await Should.ThrowAsync<SettlementException>(() => bank.TransferAsync(id, asOf: Now.AddMinutes(1)))).Failure.ShouldBe(SettlementFailure.LockNotActive);
    }

    [Fact]
    public async Task Sweep_FrozenLock_IsNeverReleased()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var id = await bank.CreateAsync();
        await bank.LockAsync(id, expiresAt: Now.AddMinutes(1));
        await bank.TransferAsync(id);
        (await new LockSweeper(DataSource).SweepAsync(Now.AddYears(1))).ShouldBeEmpty();
        (await bank.BalanceAsync(bank.Debtor)).Held.ShouldBe(10_025);
    }

    [Fact]
    public async Task Sweep_AndTransferRace_ExactlyOneWins()
    {
        var bank = await Bank.OpenAsync(DataSource);
        for (var round = 0; round < 10; round++)
        {
            var id = await bank.CreateAsync(100, 0);
            await bank.LockAsync(id, expiresAt: Now.AddMinutes(1));
            var sweep = new LockSweeper(DataSource).SweepAsync(Now.AddMinutes(1));
            var transfer = CaughtAsync(() => bank.TransferAsync(id, asOf: Now.AddSeconds(59)));
            var (expired, error) = (await sweep, await transfer);
            (expired.Any(row => row.SettlementId == id) ^ error is null).ShouldBeTrue("the lock was both expired and used, or neither");
        }
    }

    [Fact]
    public async Task Suspense_LateConfirmation_StandsThereUntilAssigned()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        await bank.RollBackAsync(id, SettlementStatus.Failed);
        var suspense = (await bank.Directory.FindSuspenseAsync(Currency.Usd))!;
        await Runner.RunAsync(Key(id, StepName.Confirm.With("late")), Now, step =>
        {
            step.Ledger.PostUnlocked(TransferKind.Suspense, PaymentLegs.ToSuspense(bank.Nostro.AccountId, suspense.AccountId, step.Amount), Bank.Today, "late confirmation");
            step.Cases.Open(AttentionReason.LateConfirmation, """{"message":"M1"}""", step.Amount);
            step.RaiseAttention(AttentionReason.LateConfirmation, Tester, "confirmed after release");
            return Task.FromResult(true);
        });
        (await bank.BalanceAsync(suspense)).Posted.ShouldBe(10_000);
        (await bank.BalanceAsync(bank.Nostro)).Posted.ShouldBe(100_000_000 - 10_000);
        await new AuditSealer(DataSource).SealOnceAsync();
        var uetr = await ScalarAsync<Guid>("SELECT uetr FROM settlement.bank_instructions");
        (await new BooksProver(DataSource).ProveAsync(_ => Task.FromResult<IReadOnlyCollection<BankPosition>>([new BankPosition(uetr, 1, "USD", 10_000, false)]))).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Return_FromSuspense_TakesItBack()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var id = await bank.CreateAsync();
        var suspense = (await bank.Directory.FindSuspenseAsync(Currency.Usd))!;
        await Runner.RunAsync(Key(id, StepName.Return), Now, step =>
        {
            step.Ledger.PostUnlocked(TransferKind.Suspense, PaymentLegs.ToSuspense(bank.Nostro.AccountId, suspense.AccountId, step.Amount), Bank.Today, "in");
            step.Ledger.PostUnlocked(TransferKind.Return, PaymentLegs.FromSuspense(bank.Nostro.AccountId, suspense.AccountId, step.Amount), Bank.Today, "out");
            return Task.FromResult(true);
        });
        (await bank.BalanceAsync(suspense)).Posted.ShouldBe(0);
        (await bank.BalanceAsync(bank.Nostro)).Posted.ShouldBe(100_000_000);
    }

    [Fact]
    public async Task Seeder_RunTwice_OpensOnce()
    {
        await Bank.OpenAsync(DataSource);
        var bank = await Bank.OpenAsync(DataSource, customerMinor: 777);
        (await bank.BalanceAsync(bank.Debtor)).Posted.ShouldBe(1_000_000, "an account that exists is left as it is");
        (await ScalarAsync<decimal>("SELECT sum(amount_minor) FROM settlement.ledger_entries")).ShouldBe(0);
    }

    [Fact]
    public async Task Seeder_SameNumberForAnotherEntity_IsRefused()
    {
        await Bank.OpenAsync(DataSource);
        (await Should.ThrowAsync<SettlementException>(() => new AccountSeeder(DataSource).OpenAsync(
            [new NewAccount { AccountNumber = Bank.Customer, Kind = AccountKind.Customer, EntityId = "OTHER", Name = "x", Currency = Currency.Usd }], Now)))
            .Failure.ShouldBe(SettlementFailure.DuplicateReference);
    }

    [Fact]
    public async Task Duplicate_Uetr_IsRefused()
    {
        var bank = await Bank.OpenAsync(DataSource);
        var uetr = Uetr.New();
        var (first, second) = (await bank.CreateAsync(), await bank.CreateAsync());
        await bank.LockAsync(first);
        await bank.LockAsync(second);
        await bank.TransferAsync(first, uetr);
        (await Should.ThrowAsync<SettlementException>(() => bank.TransferAsync(second, uetr))).Failure.ShouldBe(SettlementFailure.DuplicateUetr);
    }

    private static async Task<Exception?> CaughtAsync<T>(Func<Task<T>> actionName)
    {
        try
        {
            await actionName();
            return null;
        }
        catch (SettlementException refusal)
        {
            return refusal;
        }
    }
}
