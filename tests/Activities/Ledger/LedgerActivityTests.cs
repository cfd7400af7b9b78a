using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Instructions;
using Settlement.Activities.Ledger;
using Settlement.Activities.Lifecycle;
using Settlement.Activities.Tests.Support;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Settlement.Activities.Tests.Ledger;

[Collection(BooksCollection.Name)]
public sealed class LedgerActivityTests(Books books)
{
    [Fact]
    public async Task Lock_CoveredAmount_HoldsIt()
    {
        var input = await books.LockedAsync();

        var account = await books.AccountOfAsync(input.SettlementId);
        (account.PostedMinor, account.HeldMinor).ShouldBe((10_000, 7_524));
        (await books.SettlementAsync(input.SettlementId)).Status.ShouldBe(SettlementStatus.FundsLocked);
        (await CompensationAsync(input, CompensationAction.VoidLock)).ShouldBe(CompensationState.Registered);
    }

    [Fact]
    public async Task Lock_Repeated_HoldsOnce()
    {
        var input = await books.LockedAsync();

        await books.Get<LedgerActivities>().LockAsync(input);

        (await books.AccountOfAsync(input.SettlementId)).HeldMinor.ShouldBe(7_524);
    }

    [Fact]
    public async Task Lock_NotCovered_FailsAndHoldsNothing()
    {
        var input = await books.CreateAsync(balanceMinor: 7_523);
        await books.Get<LifecycleActivities>().ValidateAsync(Books.Validation(input));

        var result = await books.Get<LedgerActivities>().LockAsync(input);

        result.Failure.ShouldBe(SettlementFailure.InsufficientFunds);
        result.Status.ShouldBe(SettlementStatus.Failed);
        (await books.AccountOfAsync(input.SettlementId)).HeldMinor.ShouldBe(0);
        (await CompensationAsync(input, CompensationAction.VoidLock)).ShouldBe(CompensationState.NotNeeded);
    }

    [Fact]
    public async Task Finalize_Confirmed_PostsOnceAndSettles()
    {
        var input = await books.LockedAsync();
        await ConfirmAsync(input);

        await books.Get<LedgerActivities>().FinalizeAsync(input);
        await books.Get<LedgerActivities>().FinalizeAsync(input);

        var account = await books.AccountOfAsync(input.SettlementId);
        (account.PostedMinor, account.HeldMinor).ShouldBe((10_000 - 7_524, 0));
        (await books.SettlementAsync(input.SettlementId)).Status.ShouldBe(SettlementStatus.Settled);
        (await books.ReadAsync(context => context.LedgerTransfers.CountAsync(row => row.SettlementId == input.SettlementId))).ShouldBe(1);
    }

    [Fact]
    public async Task Finalize_NotConfirmed_IsRefusedForGood()
    {
        var input = await books.LockedAsync();

        var refusal = await Should.ThrowAsync<ApplicationFailureException>(() => books.Get<LedgerActivities>().FinalizeAsync(input));

        refusal.ErrorType.ShouldBe(nameof(SettlementFailure.InvalidTransition));
        refusal.NonRetryable.ShouldBeTrue();
        (await books.AccountOfAsync(input.SettlementId)).PostedMinor.ShouldBe(10_000);
    }

    [Fact]
    public async Task Release_AfterRejection_FreesFundsAndAwaitsRetry()
    {
        var input = await books.LockedAsync();
        await RejectAsync(input);

        await books.Get<LedgerActivities>().ReleaseAsync(Release(input));
        await books.Get<LedgerActivities>().ReleaseAsync(Release(input));

        var account = await books.AccountOfAsync(input.SettlementId);
        (account.PostedMinor, account.HeldMinor).ShouldBe((10_000, 0));
        var row = await books.SettlementAsync(input.SettlementId);
        (row.Status, row.Failure).ShouldBe((SettlementStatus.AwaitingRetry, SettlementFailure.BankRejected));
        (await CompensationAsync(input, CompensationAction.VoidLock)).ShouldBe(CompensationState.Succeeded);
        (await CompensationAsync(input, CompensationAction.Recall)).ShouldBe(CompensationState.NotNeeded);
    }

    [Fact]
    public async Task Lock_SecondAttemptNotCovered_StaysAwaitingRetry()
    {
        var input = await books.LockedAsync();
        await RejectAsync(input);
        await books.Get<LedgerActivities>().ReleaseAsync(Release(input));
        await SpendAsync(input);
        var second = input with { Attempt = 2 };
        (await books.Get<LifecycleActivities>().ValidateAsync(Books.Validation(second))).Failure.ShouldBeNull();

        var result = await books.Get<LedgerActivities>().LockAsync(second);

        (result.Status, result.Failure).ShouldBe((SettlementStatus.AwaitingRetry, SettlementFailure.InsufficientFunds));
    }

    private async Task ConfirmAsync(StepInput input)
    {
        var transfer = Books.Transfer(input);
        (await books.Get<BankActivities>().TransferAsync(transfer)).Outcome.ShouldBe(BankOutcome.Settled);
        await books.Get<LifecycleActivities>().ConfirmAsync(new ConfirmInput
        {
            SettlementId = input.SettlementId, Attempt = input.Attempt, AsOf = input.AsOf, Uetr = transfer.Uetr, Source = "answer",
        });
    }

    private async Task RejectAsync(StepInput input)
    {
        var transfer = Books.Transfer(input);
        await books.Get<BankActivities>().TransferAsync(transfer);
        await books.Get<LifecycleActivities>().BeginRollBackAsync(new RollBackInput
        {
            SettlementId = input.SettlementId,
            Attempt = input.Attempt,
            AsOf = input.AsOf,
            Reason = "the bank rejected it (AC04)",
            Failure = SettlementFailure.BankRejected,
            Uetr = transfer.Uetr,
            Proof = BankOutcome.Rejected,
            ReasonCode = "AC04",
        });
    }

    /// <summary>Another settlement takes what the first had released.</summary>
    private async Task SpendAsync(StepInput first)
    {
        var account = await books.AccountOfAsync(first.SettlementId);
        var other = await books.CreateAsync(terms => terms with { DebtorAccount = account.AccountNumber });
        (await books.Get<LedgerActivities>().LockAsync(other)).Failure.ShouldBeNull();
    }

    private static ReleaseInput Release(StepInput input) => new()
    {
        SettlementId = input.SettlementId,
        Attempt = input.Attempt,
        AsOf = input.AsOf,
        Then = SettlementStatus.AwaitingRetry,
        Reason = "the bank rejected it (AC04)",
        Failure = SettlementFailure.BankRejected,
    };

    private Task<CompensationState> CompensationAsync(StepInput input, CompensationAction action) => books.ReadAsync(context =>
        context.Compensations.Where(row => row.SettlementId == input.SettlementId && row.Action == action).Select(row => row.State).SingleAsync());
}
