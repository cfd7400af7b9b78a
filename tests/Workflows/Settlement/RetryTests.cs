using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Tests.Support;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

[Collection(SkippedTimeCollection.Name)]
public sealed class RetryTests : SkippedTimeTest
{
    [Fact]
    public Task Run_RetryableRejection_TriesAgainByItselfWithANewInstruction()
    {
        var activities = new FakeActivities();
        activities.OnTransfer = input => input.Attempt == 1 ? Rejected("AM04", retryable: true) : new BankAnswer { Outcome = BankOutcome.Settled };
        return RunAsync(activities, async settlement =>
        {
            var result = await settlement.ResultAsync();

            (result.Status, result.Attempts, result.Failure).ShouldBe((Settled, 2, null));
            activities.Path.ShouldBe(
                [Pending, FundsLocked, TransferInitiated, RollingBack, AwaitingRetry, FundsLocked, TransferInitiated, Confirmed, Settled]);
            activities.Transfers.Select(one => one.Uetr).Distinct().Count().ShouldBe(2);
        });
    }

    [Fact]
    public Task Retry_AfterTerminalRejection_SettlesInTheSecondAttempt()
    {
        var activities = new FakeActivities();
        activities.OnTransfer = input => input.Attempt == 1 ? Rejected("AC04", retryable: false) : new BankAnswer { Outcome = BankOutcome.Settled };
        return RunAsync(activities, async settlement =>
        {
            var view = await settlement.UntilWaitingAsync(AwaitingRetry);
            view.AttentionReason.ShouldBe("retries_exhausted");

            var reply = await settlement.RetryAsync(Requests.By("olga"));

            reply.RetryCount.ShouldBe(1);
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Actions.ShouldHaveSingleItem().Action.ShouldBe("Retry");
            activities.Attentions.Last().Raised.ShouldBeFalse();
        });
    }

    [Fact]
    public Task Run_RejectedEveryTime_StopsAfterTheAllowedAttemptsAndFailsAtTheDeadline()
    {
        var activities = new FakeActivities { OnTransfer = _ => Rejected("AM04", retryable: true) };
        return RunAsync(activities, async settlement =>
        {
            var result = await settlement.ResultAsync();

            (result.Status, result.Failure).ShouldBe((Failed, SettlementFailure.DeadlineExceeded));
            activities.Transfers.Count.ShouldBe(1 + settlement.Request.Timings.RetryAttempts);
            activities.Releases.Count.ShouldBe(activities.Transfers.Count);
            activities.Attentions.ShouldContain(one => one.Raised && one.Reason == AttentionReason.RetriesExhausted);
        });
    }

    [Fact]
    public Task Run_BankUnreachable_RollsBackAndTriesAgain()
    {
        var activities = new FakeActivities();
        activities.OnTransfer = input => input.Attempt == 1
            ? new BankAnswer { Outcome = BankOutcome.NotSent, Retryable = true }
            : new BankAnswer { Outcome = BankOutcome.Settled };
        return RunAsync(activities, async settlement =>
        {
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.RollBacks.ShouldHaveSingleItem().Failure.ShouldBe(SettlementFailure.BankUnavailable);
        });
    }

    [Fact]
    public Task Run_SecondAttemptLacksFunds_WaitsOpenForAnOperator()
    {
        var activities = new FakeActivities();
        activities.OnTransfer = input => input.Attempt == 1 ? Rejected("AM04", retryable: true) : new BankAnswer { Outcome = BankOutcome.Settled };
        activities.OnLock = input => input.Attempt == 2
            ? new LockResult { Status = AwaitingRetry, Failure = SettlementFailure.InsufficientFunds, Detail = "not covered" }
            : new LockResult { Status = FundsLocked };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(AwaitingRetry);
            await settlement.SkipAsync(TimeSpan.FromSeconds(31));
            await settlement.UntilAsync(view => view.Attempt == 2 && view.WaitingFor is not null);

            await settlement.RetryAsync(Requests.By("olga"));

            (await settlement.ResultAsync()).Attempts.ShouldBe(3);
            activities.Path.Last().ShouldBe(Settled);
        });
    }

    [Fact]
    public Task Run_ConfirmedAfterRelease_NeverPaysAgainAndFailsWithACase()
    {
        var activities = new FakeActivities { OnTransfer = _ => Rejected("AM04", retryable: true) };
        return RunAsync(activities, async settlement =>
        {
            var view = await settlement.UntilWaitingAsync(AwaitingRetry);
            await settlement.MessageAsync(HappyPathTests.Confirmation("M-1", view.Uetr!));

            var result = await settlement.ResultAsync();

            (result.Status, result.Failure).ShouldBe((Failed, SettlementFailure.ConfirmationMismatch));
            activities.Transfers.Count.ShouldBe(1);
            activities.Absorbed.ShouldHaveSingleItem().Reason.ShouldBe(AttentionReason.LateConfirmation);
            activities.Attentions.ShouldNotContain(one => !one.Raised && one.Reason == AttentionReason.LateConfirmation);
        });
    }

    private static BankAnswer Rejected(string code, bool retryable) => new() { Outcome = BankOutcome.Rejected, ReasonCode = code, Retryable = retryable };
}
