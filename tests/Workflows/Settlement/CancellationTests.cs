using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Tests.Support;
using Temporalio.Exceptions;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

[Collection(SkippedTimeCollection.Name)]
public sealed class CancellationTests : SkippedTimeTest
{
    [Fact]
    public Task Cancel_WhileScheduled_EndsWithoutTouchingMoney()
    {
        var activities = Scheduled();
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(SettlementStatus.Scheduled);
            await settlement.CancelAsync(Requests.By("olga"));

            (await settlement.ResultAsync()).Status.ShouldBe(Cancelled);
            activities.Path.ShouldBe([Pending, SettlementStatus.Scheduled, Cancelled]);
            activities.Transfers.ShouldBeEmpty();
        });
    }

    [Fact]
    public Task Cancel_WhilePausedWithLockedFunds_ReleasesThem()
    {
        var activities = new FakeActivities();
        activities.Fail("LockFunds", 1);
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilAsync(view => view.NeedsAttention);
            await settlement.Handle.ExecuteUpdateAsync(workflow => workflow.PauseAsync(Requests.By("olga", null)));
            await settlement.SkipAsync(TimeSpan.FromSeconds(6));
            await settlement.UntilWaitingAsync(FundsLocked);

            await settlement.CancelAsync(Requests.By("olga"));

            (await settlement.ResultAsync()).Status.ShouldBe(Cancelled);
            activities.Path.ShouldBe([Pending, FundsLocked, RollingBack, Cancelled]);
            activities.Transfers.ShouldBeEmpty();
        });
    }

    [Fact]
    public Task Cancel_AfterThePointOfNoReturn_RecallsAndReleasesOnlyThen()
    {
        var activities = Accepted();
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(TransferInitiated);
            var reply = await settlement.CancelAsync(Requests.By("olga"));

            reply.Message.ShouldContain("recall");
            (await settlement.ResultAsync()).Status.ShouldBe(Cancelled);
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, RollingBack, Cancelled]);
            activities.Recalls.ShouldHaveSingleItem().Actor.Name.ShouldBe("olga");
            activities.RollBacks.ShouldHaveSingleItem().Proof.ShouldBe(BankOutcome.Recalled);
        });
    }

    [Fact]
    public Task Cancel_RecallRefused_GoesOnToSettle()
    {
        var activities = Accepted();
        activities.OnRecall = _ => new RecallAnswer { Outcome = RecallOutcome.Refused, ReasonCode = "ARDT" };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(TransferInitiated);
            await settlement.CancelAsync(Requests.By("olga"));
            var view = await settlement.UntilAsync(one => one.AttentionReason == "recall_open");
            await settlement.MessageAsync(HappyPathTests.Confirmation("M-1", view.Uetr!));

            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Recalls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public Task RetryCompensation_RecallFailing_IsTriedAgainAtOnce()
    {
        var bankIsUp = false;
        var activities = Accepted();
        activities.OnRecall = _ => bankIsUp
            ? new RecallAnswer { Outcome = RecallOutcome.Recalled }
            : throw new ApplicationFailureException("HTTP 503", "CompensationFailed");
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(TransferInitiated);
            await settlement.CancelAsync(Requests.By("olga"));
            var view = await settlement.UntilAsync(one => one.AttentionReason == "compensation_failing");
            view.Status.ShouldBe("transfer_initiated");
            view.AllowedActions.ShouldContain("RetryCompensation");
            bankIsUp = true;

            await settlement.Handle.ExecuteUpdateAsync(workflow => workflow.RetryCompensationAsync(Requests.By("olga", null)));

            await settlement.UntilAsync(Cancelled);
            (await settlement.ResultAsync()).Status.ShouldBe(Cancelled);
            activities.Attentions.ShouldContain(one => !one.Raised && one.Reason == AttentionReason.CompensationFailing);
        }, request => request with { Timings = request.Timings with { CompensationBackoffSeconds = 3600, MaxCompensationBackoffSeconds = 3600 } });
    }

    [Fact]
    public Task Run_ReleaseKeepsFailing_RepeatsForEverAndNeverFailsBefore()
    {
        var activities = new FakeActivities
        {
            OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Rejected, ReasonCode = "AC04" },
        };
        activities.Fail("ReleaseFunds", 12);
        return RunAsync(activities, async settlement =>
        {
            var view = await settlement.UntilAsync(one => one.AttentionReason == "compensation_failing");
            view.Status.ShouldBe("rolling_back");

            var result = await settlement.ResultAsync();

            result.Status.ShouldBe(Failed);
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, RollingBack, AwaitingRetry, Failed]);
            activities.Releases.Count.ShouldBe(1);
        });
    }

    internal static FakeActivities Accepted() => new() { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Accepted } };

    internal static FakeActivities Scheduled() => new()
    {
        OnValidate = input => new ValidationResult { Status = SettlementStatus.Scheduled, ReleaseAt = input.AsOf.AddDays(1) },
    };
}
