using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Instructions;
using Settlement.Activities.Ledger;
using Settlement.Activities.Tests.Support;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Answer = Settlement.Activities.Banks.BankAnswer;

namespace Settlement.Activities.Tests.Instructions;

[Collection(BooksCollection.Name)]
public sealed class TransferActivityTests : IDisposable
{
    private readonly Books books;
    private readonly Func<Activities.Banks.BankInstruction, Task<Answer>> submitBefore;
    private readonly Func<Uetr, Answer> enquireBefore;

    public TransferActivityTests(Books books)
    {
        this.books = books;
        (submitBefore, enquireBefore) = (books.Bank.OnSubmit, books.Bank.OnEnquire);
        books.Bank.Submitted.Clear();
        books.Bank.Enquired.Clear();
    }

    private BankActivities Activity => books.Get<BankActivities>();

    public void Dispose() => (books.Bank.OnSubmit, books.Bank.OnEnquire) = (submitBefore, enquireBefore);

    [Fact]
    public async Task Transfer_First_CommitsInstructionAndFreezesLockBeforeTheBankHearsOfIt()
    {
        var input = Books.Transfer(await books.LockedAsync());
        var known = 0;
        var frozen = 0;
        books.Bank.OnSubmit = async instruction =>
        {
            known = await books.ReadAsync(context => context.BankInstructions.CountAsync(row => row.Uetr == instruction.Uetr.Value));
            frozen = await books.ReadAsync(context => context.FundLocks.CountAsync(row => row.SettlementId == input.SettlementId && row.FrozenAsOf != null));
            return new Answer.Accepted(Books.Now);
        };

        var answer = await Activity.TransferAsync(input);

        answer.Outcome.ShouldBe(BankOutcome.Accepted);
        known.ShouldBe(1);
        frozen.ShouldBe(2);
        (await books.SettlementAsync(input.SettlementId)).Status.ShouldBe(SettlementStatus.TransferInitiated);
        var sent = books.Bank.Submitted.ShouldHaveSingleItem();
        sent.Uetr.ToString().ShouldBe(input.Uetr);
        sent.DebtorAccount.ShouldBe("9000-USD");
        sent.Amount.ShouldBe(new Money(7_524, Currency.Usd));
    }

    [Fact]
    public async Task Transfer_RepeatedWhenTheBankHasExecuted_AsksAndSendsNothing()
    {
        var input = Books.Transfer(await books.LockedAsync());
        books.Bank.OnSubmit = _ => Task.FromResult<Answer>(new Answer.Unknown("connection lost"));
        (await Activity.TransferAsync(input)).Outcome.ShouldBe(BankOutcome.Unknown);
        books.Bank.OnEnquire = _ => new Answer.Settled(new Money(7_524, Currency.Usd), Books.Now);

        var answer = await Activity.TransferAsync(input);

        answer.Outcome.ShouldBe(BankOutcome.Settled);
        books.Bank.Submitted.Count.ShouldBe(1);
        books.Bank.Enquired.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Transfer_RepeatedWhenTheBankNeverGotIt_SendsExactlyTheSameAgain()
    {
        var input = Books.Transfer(await books.LockedAsync());
        books.Bank.OnSubmit = _ => throw new OperationCanceledException("the worker dies here");
        await Should.ThrowAsync<OperationCanceledException>(() => Activity.TransferAsync(input));
        books.Bank.OnSubmit = submitBefore;

        var answer = await Activity.TransferAsync(input);

        answer.Outcome.ShouldBe(BankOutcome.Settled);
        books.Bank.Submitted.Count.ShouldBe(2);
        books.Bank.Submitted.Distinct().Count().ShouldBe(1);
        books.Bank.Enquired.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Transfer_RepeatedUnderANewUetr_AsksAboutTheRecordedOneAndNeverPaysTwice()
    {
        // A workflow that was reset draws another UETR; the bank would take it for another payment.
        var input = Books.Transfer(await books.LockedAsync());
        await Activity.TransferAsync(input);
        books.Bank.OnEnquire = uetr => uetr.ToString() == input.Uetr ? new Answer.Settled(new Money(7_524, Currency.Usd), Books.Now) : new Answer.NotFound();

        var answer = await Activity.TransferAsync(input with { Uetr = Uetr.New().ToString() });

        (answer.Outcome, answer.RecordedUetr).ShouldBe((BankOutcome.Settled, input.Uetr));
        books.Bank.Submitted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Transfer_RepeatedWhenTheBankCannotSay_IsUnknownAndSendsNothing()
    {
        var input = Books.Transfer(await books.LockedAsync());
        await Activity.TransferAsync(input);
        books.Bank.OnEnquire = _ => new Answer.Unknown("HTTP 503");

        (await Activity.TransferAsync(input)).Outcome.ShouldBe(BankOutcome.Unknown);

        books.Bank.Submitted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Transfer_FirstThatNeverLeft_TriesAgainAndThenProvesNotSent()
    {
        var input = Books.Transfer(await books.LockedAsync());
        books.Bank.OnSubmit = _ => Task.FromResult<Answer>(new Answer.NotSent("connection refused"));

        var answer = await Activity.TransferAsync(input);

        (answer.Outcome, answer.Retryable).ShouldBe((BankOutcome.NotSent, true));
        books.Bank.Submitted.Count.ShouldBe(input.ConnectAttempts);
    }

    [Fact]
    public async Task Transfer_RepeatedThatNeverLeft_IsUnknownBecauseTheFirstMayHave()
    {
        var input = Books.Transfer(await books.LockedAsync());
        books.Bank.OnSubmit = _ => Task.FromResult<Answer>(new Answer.Unknown("timeout"));
        await Activity.TransferAsync(input);
        books.Bank.OnSubmit = _ => Task.FromResult<Answer>(new Answer.NotSent("connection refused"));

        (await Activity.TransferAsync(input)).Outcome.ShouldBe(BankOutcome.Unknown);
    }

    [Theory]
    [InlineData("AC04", BankOutcome.Rejected, false)]
    [InlineData("AM04", BankOutcome.Rejected, true)]
    [InlineData("AM05", BankOutcome.Unknown, false)]
    [InlineData("ZZ99", BankOutcome.Rejected, false)]
    public async Task Transfer_Rejected_FollowsTheFailureTable(string code, BankOutcome outcome, bool retryable)
    {
        var input = Books.Transfer(await books.LockedAsync());
        books.Bank.OnSubmit = _ => Task.FromResult<Answer>(new Answer.Rejected(code, Books.Now));

        var answer = await Activity.TransferAsync(input);

        (answer.Outcome, answer.Retryable).ShouldBe((outcome, retryable));
    }

    [Fact]
    public async Task Transfer_LockExpired_ProvesNotSent()
    {
        var locked = await books.LockedAsync();
        var input = Books.Transfer(locked) with { AsOf = locked.AsOf + LedgerActivities.Expiry };

        var answer = await Activity.TransferAsync(input);

        answer.Outcome.ShouldBe(BankOutcome.NotSent);
        books.Bank.Submitted.ShouldBeEmpty();
        (await books.SettlementAsync(input.SettlementId)).Status.ShouldBe(SettlementStatus.FundsLocked);
    }

    [Fact]
    public async Task Transfer_UetrInUse_IsRefusedAndNotSent()
    {
        var used = Uetr.New();
        await Activity.TransferAsync(Books.Transfer(await books.LockedAsync(), used));
        books.Bank.Submitted.Clear();

        var refusal = await Should.ThrowAsync<Temporalio.Exceptions.ApplicationFailureException>(
            async () => await Activity.TransferAsync(Books.Transfer(await books.LockedAsync(), used)));

        refusal.ErrorType.ShouldBe(nameof(SettlementFailure.DuplicateUetr));
        books.Bank.Submitted.ShouldBeEmpty();
    }
}
