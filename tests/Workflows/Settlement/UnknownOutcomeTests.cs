using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Tests.Support;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

[Collection(SkippedTimeCollection.Name)]
public sealed class UnknownOutcomeTests : SkippedTimeTest
{
    [Fact]
    public Task Run_AttemptRecordedUnderAnotherUetr_GoesOnUnderTheOneThatWasSent()
    {
        // What a workflow meets that was reset to before its transfer.
        var sent = Uetr.New().ToString();
        var activities = new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Unknown, RecordedUetr = sent } };
        var asked = new List<string>();
        activities.OnEnquire = input =>
        {
            asked.Add(input.Uetr);
            return new BankAnswer { Outcome = BankOutcome.Settled };
        };
        return RunAsync(activities, async settlement =>
        {
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            asked.ShouldAllBe(uetr => uetr == sent);
            activities.Confirmations.ShouldHaveSingleItem().Uetr.ShouldBe(sent);
        });
    }

    [Fact]
    public Task Run_AnswerLostThenFoundExecuted_SettlesWithOneInstruction()
    {
        var asked = 0;
        var activities = Lost();
        activities.OnEnquire = _ => ++asked < 4 ? new BankAnswer { Outcome = BankOutcome.NotFound } : new BankAnswer { Outcome = BankOutcome.Settled };
        return RunAsync(activities, async settlement =>
        {
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, OutcomeUnknown, Confirmed, Settled]);
            activities.Transfers.Count.ShouldBe(1);
            asked.ShouldBe(4);
        });
    }

    [Fact]
    public Task Run_AcceptedButSilentBeyondTheTimeout_BecomesUnknown()
    {
        var activities = new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Accepted } };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(TransferInitiated);
            await settlement.SkipAsync(TimeSpan.FromSeconds(301));

            var view = await settlement.UntilWaitingAsync(OutcomeUnknown);
            await settlement.MessageAsync(HappyPathTests.Confirmation("M-1", view.Uetr!));
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
        });
    }

    [Fact]
    public Task Resolve_ConfirmedAfterTheDeadline_SettlesAndNeverSendsAgain()
    {
        var activities = Lost();
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(OutcomeUnknown);
            await settlement.SkipAsync(TimeSpan.FromSeconds(1801));
            var view = await settlement.UntilAsync(one => one.NeedsAttention);
            view.AttentionReason.ShouldBe("outcome_unknown");
            view.AllowedActions.ShouldContain("Resolve");

            var reply = await settlement.ResolveAsync(Requests.Resolution(ResolveAction.Confirmed));

            reply.SettlementId.ShouldBe(settlement.Request.SettlementId);
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Transfers.Count.ShouldBe(1);
            var proof = activities.Confirmations.ShouldHaveSingleItem();
            (proof.Source, proof.Actor!.Name, proof.Approver).ShouldBe(("resolution", "olga", "anna"));
            activities.Attentions.ShouldContain(one => !one.Raised && one.Reason == AttentionReason.OutcomeUnknown);
        });
    }

    [Fact]
    public Task Resolve_NotExecuted_ReleasesFundsAndAwaitsRetry()
    {
        var activities = Lost();
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(OutcomeUnknown);
            await settlement.ResolveAsync(Requests.Resolution(ResolveAction.NotExecuted));
            await settlement.UntilWaitingAsync(AwaitingRetry);

            await settlement.CancelAsync(Requests.By("olga"));

            (await settlement.ResultAsync()).Status.ShouldBe(Cancelled);
            activities.Path.ShouldBe([Pending, FundsLocked, TransferInitiated, OutcomeUnknown, RollingBack, AwaitingRetry, Cancelled]);
            activities.RollBacks.ShouldHaveSingleItem().Proof.ShouldBe(BankOutcome.NotExecuted);
            activities.Transfers.Count.ShouldBe(1);
        });
    }

    [Fact]
    public Task Run_ConfirmationWithAnotherAmount_StaysUnknownAndCallsAPerson()
    {
        var activities = Lost();
        return RunAsync(activities, async settlement =>
        {
            var view = await settlement.UntilWaitingAsync(OutcomeUnknown);
            await settlement.MessageAsync(HappyPathTests.Confirmation("M-1", view.Uetr!) with { AmountMinor = 7_523 });

            view = await settlement.UntilAsync(one => one.AttentionReason == "message_mismatch");

            view.Status.ShouldBe("outcome_unknown");
            await settlement.UntilAsync(() => !activities.Absorbed.IsEmpty);
            activities.Absorbed.ShouldHaveSingleItem().Reason.ShouldBe(AttentionReason.MessageMismatch);
            activities.Confirmations.ShouldBeEmpty();
            await settlement.ResolveAsync(Requests.Resolution(ResolveAction.Confirmed));
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
        });
    }

    private static FakeActivities Lost() => new() { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Unknown, Detail = "timeout" } };
}
