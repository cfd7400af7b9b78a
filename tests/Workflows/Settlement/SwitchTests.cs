using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Tests.Support;
using Temporalio.Exceptions;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

/// <summary>Kill switches: before the point of no return it waits, nothing is sent; after it, it completes.</summary>
[Collection(SkippedTimeCollection.Name)]
public sealed class SwitchTests : SkippedTimeTest
{
    [Fact]
    public Task Run_TransfersStopped_WaitsWithLockedFundsAndSettlesAfterTheRelease()
    {
        var activities = new FakeActivities();
        var stopped = true;
        activities.OnTransfer = _ => stopped ? Held() : new BankAnswer { Outcome = BankOutcome.Settled };
        return RunAsync(activities, async settlement =>
        {
            var view = await settlement.UntilAsync(one => one.WaitingFor == "a kill switch to be released");
            (view.Status, view.AttentionReason).ShouldBe(("funds_locked", "paused"));
            view.AllowedActions.ShouldContain("Cancel");
            stopped = false;

            await settlement.Handle.SignalAsync(workflow => workflow.ReferenceChangedAsync(new ReferenceChange { Change = "switch:transfers" }));

            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, Confirmed, Settled]);
            activities.Attentions.Last().Raised.ShouldBeFalse();
            activities.Transfers.Last().Uetr.ShouldNotBe(activities.Transfers.First().Uetr, "what was held back was never recorded");
        });
    }

    [Fact]
    public Task Run_TransfersStoppedAndReleasedUnnoticed_LooksByItself()
    {
        var activities = new FakeActivities();
        var looks = 0;
        activities.OnTransfer = _ => ++looks < 4 ? Held() : new BankAnswer { Outcome = BankOutcome.Settled };
        return RunAsync(activities, async settlement =>
        {
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Transfers.Count.ShouldBe(4);
        });
    }

    [Fact]
    public Task Cancel_WhileTransfersAreStopped_ReleasesTheFundsAndSendsNothing()
    {
        var activities = new FakeActivities { OnTransfer = _ => Held() };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilAsync(one => one.WaitingFor == "a kill switch to be released");

            await settlement.CancelAsync(Requests.By("olga"));

            (await settlement.ResultAsync()).Status.ShouldBe(Cancelled);
            activities.Path.ShouldBe([Pending, FundsLocked, RollingBack, Cancelled]);
            activities.Recalls.ShouldBeEmpty("nothing was sent");
        });
    }

    [Fact]
    public Task Run_EscalationsStopped_TellsWhenTheyAreReleased()
    {
        var stopped = true;
        var activities = new FakeActivities
        {
            OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Unknown },
            OnEscalate = _ =>
            {
                if (stopped)
                    throw new ApplicationFailureException("Escalations are stopped: drill", nameof(SettlementFailure.SwitchedOff), nonRetryable: true);
            },
        };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(OutcomeUnknown);
            await settlement.SkipAsync(TimeSpan.FromHours(49));
            await settlement.UntilWaitingAsync(OutcomeUnknown);
            activities.Escalations.ShouldBeEmpty();
            stopped = false;
            await settlement.SkipAsync(TimeSpan.FromHours(1));
            await settlement.UntilAsync(() => !activities.Escalations.IsEmpty);
            activities.Escalations.ShouldHaveSingleItem().Level.ShouldBe(EscalationLevel.Stuck);

            await settlement.ResolveAsync(Requests.Resolution(ResolveAction.Confirmed));
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
        });
    }

    private static BankAnswer Held() => new() { Outcome = BankOutcome.Held, Detail = "Transfers are stopped: drill" };
}
