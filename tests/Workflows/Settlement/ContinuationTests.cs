using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Tests.Support;
using Temporalio.Api.Enums.V1;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

/// <summary>A long wait goes on in a new run, which knows all that the last one knew.</summary>
[Collection(SkippedTimeCollection.Name)]
public sealed class ContinuationTests : SkippedTimeTest
{
    [Fact]
    public Task Run_OutcomeUnknownForWeeks_ContinuesAsNewAndKeepsWhatItKnew()
    {
        var activities = new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Unknown } };
        return RunAsync(activities, async settlement =>
        {
            var first = await settlement.UntilWaitingAsync(OutcomeUnknown);
            await settlement.SkipAsync(TimeSpan.FromDays(3));
            var view = await settlement.UntilAsync(one => one.Runs >= 2 && one.WaitingFor is not null);

            (view.Status, view.Since, view.Uetr, view.AttentionReason).ShouldBe((first.Status, first.Since, first.Uetr, "stuck_in_status"));
            view.AllowedActions.ShouldContain("Resolve");
            activities.Attentions.Count(one => one is { Raised: true, Reason: AttentionReason.OutcomeUnknown }).ShouldBe(1, "a new run does not call people again");
            activities.Escalations.Count.ShouldBe(1);
            activities.Transfers.Count.ShouldBe(1);
            (await settlement.CountEventsAsync(EventType.WorkflowTaskScheduled)).ShouldBeLessThan(60);

            await settlement.ResolveAsync(Requests.Resolution(ResolveAction.Confirmed));

            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, OutcomeUnknown, Confirmed, Settled]);
        }, Short);
    }

    [Fact]
    public Task Cancel_OfAnEarlierRun_IsRememberedWithItsAnswerAndItsRecall()
    {
        var activities = new FakeActivities
        {
            OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Unknown },
            OnRecall = _ => new RecallAnswer { Outcome = RecallOutcome.Pending },
        };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(OutcomeUnknown);
            var reply = await settlement.CancelAsync(Requests.By("olga", "c-1"));
            await settlement.UntilAsync(() => !activities.Recalls.IsEmpty);
            await settlement.SkipAsync(TimeSpan.FromDays(2));
            await settlement.UntilAsync(one => one.Runs >= 1 && one.WaitingFor is not null);

            (await settlement.CancelAsync(Requests.By("olga", "c-1"))).ShouldBe(reply);
            activities.Actions.Count.ShouldBe(1, "the repeat got the answer of the earlier run");
            activities.Recalls.Count.ShouldBe(1, "the bank has the recall");
            var uetr = (await settlement.StatusAsync()).Uetr!;
            await settlement.MessageAsync(new BankMessage { MessageId = "camt029-1", Uetr = uetr, Status = BankMessageStatus.Recalled });

            (await settlement.ResultAsync()).Status.ShouldBe(Cancelled);
        }, Short);
    }

    [Fact]
    public Task Run_ReleaseFailsForDays_ContinuesAsNewInTheMiddleOfTheRollback()
    {
        var activities = new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Rejected, ReasonCode = "AC04" } };
        activities.Fail("ReleaseFunds", 60);
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilAsync(one => one.AttentionReason == "compensation_failing");
            await settlement.SkipAsync(TimeSpan.FromHours(12));
            var view = await settlement.UntilWaitingAsync(AwaitingRetry);

            view.Runs.ShouldBeGreaterThan(0);
            activities.Releases.ShouldHaveSingleItem().Then.ShouldBe(AwaitingRetry);
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, RollingBack, AwaitingRetry]);
            await settlement.CancelAsync(Requests.By("olga"));
            (await settlement.ResultAsync()).Status.ShouldBe(Cancelled);
        }, Short);
    }

    [Fact]
    public Task Message_SeenByAnEarlierRun_IsAbsorbedOnce()
    {
        var activities = new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Accepted }, OnEnquire = _ => new BankAnswer { Outcome = BankOutcome.Accepted } };
        var stray = new BankMessage { MessageId = "m-1", Uetr = Uetr.New().ToString(), Status = BankMessageStatus.Settled };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(TransferInitiated);
            await settlement.MessageAsync(stray);
            await settlement.UntilAsync(() => activities.Absorbed.Count == 1);
            await settlement.SkipAsync(TimeSpan.FromDays(1));
            await settlement.UntilAsync(one => one.Runs >= 1 && one.WaitingFor is not null);

            await settlement.MessageAsync(stray);
            await settlement.MessageAsync(new BankMessage { MessageId = "m-2", Uetr = (await settlement.StatusAsync()).Uetr!, Status = BankMessageStatus.Settled });

            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Absorbed.Count.ShouldBe(1);
        }, Short);
    }

    private static SettlementRequest Short(SettlementRequest request) => request with { Timings = request.Timings with { MaxHistoryEvents = 150 } };
}
