using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Tests.Support;
using Temporalio.Api.Enums.V1;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

[Collection(SkippedTimeCollection.Name)]
public sealed class HappyPathTests : SkippedTimeTest
{
    [Fact]
    public Task Run_BankSettlesAtOnce_TakesFiveActivitiesAndNoTimer()
    {
        var activities = new FakeActivities();
        return RunAsync(activities, async settlement =>
        {
            var result = await settlement.ResultAsync();

            (result.Status, result.Attempts, result.Failure).ShouldBe((Settled, 1, null));
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, Confirmed, Settled]);
            (await settlement.CountEventsAsync(EventType.ActivityTaskScheduled)).ShouldBe(5);
            (await settlement.CountEventsAsync(EventType.TimerStarted)).ShouldBe(0);
            (await settlement.CountEventsAsync(EventType.WorkflowTaskCompleted)).ShouldBe(6);
            (await settlement.CountEventsAsync(EventType.UpsertWorkflowSearchAttributes)).ShouldBeLessThanOrEqualTo(2);
        });
    }

    [Fact]
    public Task Run_BankAcceptsAndConfirmsLater_SettlesByTheMessage()
    {
        var activities = new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Accepted } };
        return RunAsync(activities, async settlement =>
        {
            var view = await settlement.UntilWaitingAsync(TransferInitiated);
            await settlement.MessageAsync(Confirmation("M-1", view.Uetr!));

            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, Confirmed, Settled]);
            activities.Confirmations.ShouldHaveSingleItem().MessageId.ShouldBe("M-1");
        });
    }

    [Fact]
    public Task Run_BankAcceptsAndNeverWrites_SettlesByEnquiry()
    {
        var activities = new FakeActivities
        {
            OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Accepted },
            OnEnquire = _ => new BankAnswer { Outcome = BankOutcome.Settled, AmountMinor = 7_524 },
        };
        return RunAsync(activities, async settlement =>
        {
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Confirmations.ShouldHaveSingleItem().Source.ShouldBe("enquiry");
        });
    }

    [Fact]
    public Task Run_ConfirmationTwiceAndOutOfOrder_SettlesOnceAndAbsorbsNothing()
    {
        var activities = new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Accepted } };
        return RunAsync(activities, async settlement =>
        {
            var uetr = (await settlement.UntilWaitingAsync(TransferInitiated)).Uetr!;
            await settlement.MessageAsync(Confirmation("M-2", uetr));
            await settlement.MessageAsync(Confirmation("M-2", uetr));
            await settlement.MessageAsync(new BankMessage { MessageId = "M-1", Uetr = uetr, Status = BankMessageStatus.Accepted });

            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Confirmations.Count.ShouldBe(1);
            activities.Absorbed.ShouldBeEmpty();
        });
    }

    [Fact]
    public Task Run_ValidationRefuses_FailsAndLocksNothing()
    {
        var activities = new FakeActivities
        {
            OnValidate = _ => new ValidationResult { Status = Failed, Failure = SettlementFailure.UnknownAccount, Detail = "no such account" },
        };
        return RunAsync(activities, async settlement =>
        {
            var result = await settlement.ResultAsync();

            (result.Status, result.Failure, result.Detail).ShouldBe((Failed, SettlementFailure.UnknownAccount, "no such account"));
            activities.Path.ShouldBe([Pending, Failed]);
            activities.Transfers.ShouldBeEmpty();
        });
    }

    [Fact]
    public Task Run_FundsDoNotSuffice_FailsAndSendsNothing()
    {
        var activities = new FakeActivities
        {
            OnLock = _ => new LockResult { Status = Failed, Failure = SettlementFailure.InsufficientFunds },
        };
        return RunAsync(activities, async settlement =>
        {
            (await settlement.ResultAsync()).Failure.ShouldBe(SettlementFailure.InsufficientFunds);
            activities.Path.ShouldBe([Pending, Failed]);
            activities.Releases.ShouldBeEmpty();
            activities.Transfers.ShouldBeEmpty();
        });
    }

    [Fact]
    public Task Run_DatabaseDownForLongerThanItsRetries_WaitsInTheOpenAndSettles()
    {
        var activities = new FakeActivities();
        activities.Fail("Finalize", 3);
        return RunAsync(activities, async settlement =>
        {
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, Confirmed, Settled]);
            activities.Attentions.ShouldContain(one => one.Raised && one.Reason == AttentionReason.StuckInStatus);
            activities.Attentions.Last().Raised.ShouldBeFalse();
        });
    }

    internal static BankMessage Confirmation(string messageId, string uetr) => new()
    {
        MessageId = messageId, Uetr = uetr, Status = BankMessageStatus.Settled, AmountMinor = 7_524, Currency = "USD",
    };
}
