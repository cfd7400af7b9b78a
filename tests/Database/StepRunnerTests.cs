using Settlement.Database.Proof;
using Settlement.Domain;

namespace Settlement.Database.Tests;

public class StepRunnerTests : DatabaseTest
{
    private Bank bank = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bank = await Bank.OpenAsync(DataSource);
    }

    [Fact]
    public async Task RunAsync_AllSteps_SettlesAndTheBooksProveOut()
    {
        var id = await bank.SettleAsync(amountMinor: 10_000, feeMinor: 25);

        (await bank.BalanceAsync(bank.Debtor)).ShouldBe((1_000_000 - 10_025, 0));
        (await bank.BalanceAsync(bank.Nostro)).ShouldBe((100_000_000 - 10_000, 0), "an asset shrinks by the payment");
        (await bank.BalanceAsync(bank.Fees)).ShouldBe((25, 0));
        await new AuditSealer(DataSource).SealOnceAsync();
        var proof = await new BooksProver(DataSource).ProveAsync();
        proof.Breaches.ShouldBeEmpty();
        proof.Settlements.ShouldBe(1);

        await using var context = SettlementDatabase.CreateContext(DataSource);
        var reader = new SettlementReader(context);
        (await reader.HistoryAsync(id, ReadScope.All)).Select(row => row.ToStatus).ShouldBe(
            [SettlementStatus.Pending, SettlementStatus.FundsLocked, SettlementStatus.TransferInitiated, SettlementStatus.Confirmed, SettlementStatus.Settled]);
        (await reader.CheckpointsAsync(id, ReadScope.All)).Select(row => (row.Step, row.StatusBefore, row.StatusAfter)).ShouldBe(
        [
            ("create", SettlementStatus.Pending, SettlementStatus.Pending),
            ("lock", SettlementStatus.Pending, SettlementStatus.FundsLocked),
            ("transfer", SettlementStatus.FundsLocked, SettlementStatus.TransferInitiated),
            ("confirm", SettlementStatus.TransferInitiated, SettlementStatus.Confirmed),
            ("finalize", SettlementStatus.Confirmed, SettlementStatus.Settled),
        ]);
        (await reader.FindAsync(id, ReadScope.All))!.SettledAt.ShouldBe(Now);
        context.AtomicOperations.Single(row => row.SettlementId == id).State.ShouldBe(AtomicOperationState.Completed);
    }

    [Fact]
    public async Task RunAsync_SameKeyAgain_GivesTheFirstAnswerAndDoesNothing()
    {
        var id = await bank.CreateAsync();
        var first = await bank.LockAsync(id);
        var again = await bank.LockAsync(id);
        first.Repeated.ShouldBeFalse();
        again.Repeated.ShouldBeTrue();
        again.Value.ShouldBe(first.Value);
        (await bank.BalanceAsync(bank.Debtor)).Held.ShouldBe(10_025);
    }

    [Fact]
    public async Task RunAsync_SameKeyFromManyAtOnce_IsExecutedOnce()
    {
        var id = await bank.CreateAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bank.LockAsync(id)));
        results.Count(result => !result.Repeated).ShouldBe(1);
        results.Select(result => result.Value).Distinct().Count().ShouldBe(1);
        (await bank.BalanceAsync(bank.Debtor)).Held.ShouldBe(10_025);
    }

    [Fact]
    public async Task RunAsync_BodyThrows_LeavesNoTrace()
    {
        var id = await bank.CreateAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => Runner.RunAsync<int>(Key(id, StepName.Lock), Now, async step =>
        {
            await step.Ledger.HoldAsync(Now.AddHours(1), PaymentLegs.Holds(bank.Debtor.AccountId, bank.Nostro.AccountId, step.Amount, step.Fee));
            step.Transition(SettlementStatus.FundsLocked, Tester, "locked");
            throw new InvalidOperationException("the activity crashes");
        }));
        (await bank.BalanceAsync(bank.Debtor)).Held.ShouldBe(0);
        (await ScalarAsync<string>("SELECT status FROM settlement.settlement_transactions")).ShouldBe("PENDING");
        (await bank.LockAsync(id)).Repeated.ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_UnknownSettlement_IsRefused() =>
        (await Should.ThrowAsync<SettlementException>(() => bank.LockAsync(Guid.CreateVersion7()))).Failure.ShouldBe(SettlementFailure.UnknownSettlement);

    [Fact]
    public async Task RunAsync_TransitionThatIsNone_IsRefused()
    {
        var id = await bank.CreateAsync();
        (await Should.ThrowAsync<SettlementException>(() => bank.FinalizeAsync(id))).Failure.ShouldBe(SettlementFailure.InvalidTransition);
    }

    [Fact]
    public async Task RunAsync_NextAttemptAfterRollback_SettlesWithANewInstruction()
    {
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        await bank.RollBackAsync(id);
        (await bank.BalanceAsync(bank.Debtor)).ShouldBe((1_000_000, 0));

        await bank.LockAsync(id, attempt: 2);
        await bank.TransferAsync(id, attempt: 2);
        await bank.ConfirmAsync(id, attempt: 2);
        await bank.FinalizeAsync(id, attempt: 2);

        (await ScalarAsync<int>("SELECT attempt FROM settlement.settlement_transactions")).ShouldBe(2);
        (await ScalarAsync<long>("SELECT count(DISTINCT uetr) FROM settlement.bank_instructions")).ShouldBe(2);
        (await ScalarAsync<string>("SELECT string_agg(state, ' ' ORDER BY attempt) FROM settlement.settlement_atomic_operations")).ShouldBe("ROLLED_BACK COMPLETED");
        await new AuditSealer(DataSource).SealOnceAsync();
        (await new BooksProver(DataSource).ProveAsync()).Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_SecondAttemptRefusedForFunds_StaysAwaitingRetryAndThirdMayFollow()
    {
        var id = await bank.CreateAsync(amountMinor: 900_000);
        await bank.LockAsync(id);
        await bank.TransferAsync(id);
        await bank.RollBackAsync(id);
        var other = await bank.CreateAsync(amountMinor: 500_000);
        await bank.LockAsync(other);

        (await bank.LockAsync(id, attempt: 2)).Value.Refusal.ShouldBe(SettlementFailure.InsufficientFunds);
        (await ScalarAsync<string>($"SELECT status FROM settlement.settlement_transactions WHERE settlement_id = '{id}'")).ShouldBe("AWAITING_RETRY");
        await bank.TransferAsync(other);
        await bank.RollBackAsync(other);
        (await bank.LockAsync(id, attempt: 3)).Value.IsHeld.ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_AttemptThatIsNotNext_IsRefused()
    {
        var id = await bank.CreateAsync();
        (await Should.ThrowAsync<SettlementException>(() => bank.LockAsync(id, attempt: 3))).Failure.ShouldBe(SettlementFailure.InvalidTransition);
        (await Should.ThrowAsync<SettlementException>(() => bank.LockAsync(id, attempt: 2))).Failure.ShouldBe(SettlementFailure.InvalidTransition, "it was never rolled back");
    }

    [Fact]
    public async Task Attention_RaisedTwice_KeepsItsAgeAndIsAudited()
    {
        var id = await bank.CreateAsync();
        await Runner.RunAsync(Key(id, StepName.Escalate.With("1")), Now, step =>
        {
            step.RaiseAttention(AttentionReason.Overdue, Tester, "one day late");
            step.Cases.Open(AttentionReason.Overdue, """{"due":"yesterday"}""");
            return Task.FromResult(true);
        });
        await Runner.RunAsync(Key(id, StepName.Escalate.With("2")), Now.AddDays(2), step =>
        {
            step.RaiseAttention(AttentionReason.OverdueCritical, Tester, "three days late", owner: "ops-1");
            step.Cases.Open(AttentionReason.Overdue, """{"due":"again"}""");
            return Task.FromResult(true);
        });
        await using var context = SettlementDatabase.CreateContext(DataSource);
        var row = (await new SettlementReader(context).FindAsync(id, ReadScope.All))!;
        (row.NeedsAttention, row.AttentionReason, row.AttentionOwner, row.AttentionSince).ShouldBe((true, AttentionReason.OverdueCritical, "ops-1", Now));
        context.Cases.Count().ShouldBe(1);
        context.AuditLog.Count(entry => entry.Action == "attention_changed").ShouldBe(2);

        await Runner.RunAsync(Key(id, StepName.Operator.With("resolve")), Now.AddDays(3), step =>
        {
            step.Cases.Resolve(AttentionReason.Overdue, "paid by hand", new Actor("ops-1", ActorSource.Api), approvedBy: "ops-2");
            step.ClearAttention(Tester, "resolved");
            return Task.FromResult(true);
        });
        context.Cases.Single().ApprovedBy.ShouldBe("ops-2");
        (await new SettlementReader(context).FindAsync(id, ReadScope.All))!.NeedsAttention.ShouldBeFalse();
    }

    [Fact]
    public async Task Resolve_SamePersonTwice_IsRefused()
    {
        var id = await bank.CreateAsync();
        await Runner.RunAsync(Key(id, StepName.Escalate), Now, step =>
        {
            step.Cases.Open(AttentionReason.OutcomeUnknown, "{}");
            return Task.FromResult(true);
        });
        var refusal = await Should.ThrowAsync<SettlementException>(() => Runner.RunAsync(Key(id, StepName.Operator), Now, step =>
        {
            step.Cases.Resolve(AttentionReason.OutcomeUnknown, "confirmed", new Actor("ops-1", ActorSource.Api), approvedBy: "ops-1");
            return Task.FromResult(true);
        }));
        refusal.Failure.ShouldBe(SettlementFailure.FourEyesViolated);
    }

    [Fact]
    public async Task SetSchedule_Validation_IsStoredAndAudited()
    {
        var id = await bank.CreateAsync();
        var timing = SettlementTiming.Compute(Now, SettlementWindow.AlwaysOpen(Currency.Usd), CalendarRules.Generate(CalendarRules.AlwaysOpen, 2026, 2027), 3);
        await Runner.RunAsync(Key(id, StepName.Validate), Now, step =>
        {
            step.SetSchedule(timing, Tester, "validated");
            step.Transition(SettlementStatus.Scheduled, Tester, "waits for its value date");
            return Task.FromResult(true);
        });
        await using var context = SettlementDatabase.CreateContext(DataSource);
        var row = (await new SettlementReader(context).FindAsync(id, ReadScope.All))!;
        (row.ValueDate, row.DueAt, row.CriticalAt).ShouldBe((timing.ValueDate, timing.DueAt, timing.CriticalAt));
        context.AuditLog.Count(entry => entry.Action == "schedule_changed").ShouldBe(1);
    }

    [Fact]
    public async Task Queries_AfterQueuedFunctionCalls_ReadTheirOwnRows()
    {
        var id = await bank.CreateAsync();
        await bank.LockAsync(id);
        var locks = await Runner.RunAsync(Key(id, StepName.Transfer), Now, async step =>
        {
            step.Instructions.RecordPayment(Uetr.New());
            step.Ledger.Freeze();
            return (await step.Ledger.LocksAsync()).ConvertAll(row => row.FrozenAsOf);
        });
        locks.Value.ShouldBe([Now, Now]);
    }
}
