using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Tests.Support;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

[Collection(SkippedTimeCollection.Name)]
public sealed class OperatorTests : SkippedTimeTest
{
    [Fact]
    public Task Retry_OfASettlementThatWaitsForItsWindow_IsRefusedWithTheReason() =>
        RunAsync(Scheduled(), async settlement =>
        {
            await settlement.UntilWaitingAsync(SettlementStatus.Scheduled);

            var (type, message) = await RunningSettlement.RefusalAsync(() => settlement.RetryAsync(Requests.By("olga")));

            type.ShouldBe(OperatorRefusals.NotNow);
            message.ShouldContain("SCHEDULED");
            await settlement.CancelAsync(Requests.By("olga"));
            await settlement.ResultAsync();
        });

    [Theory]
    [InlineData("", "reason", "id-1", "operator")]
    [InlineData("olga", " ", "id-1", "reason")]
    [InlineData("olga", "reason", "", "request_id")]
    [InlineData("olga", "reason", "id 1", "request_id")]
    public Task Cancel_InputIncomplete_IsRefusedAndNamesTheField(string name, string reason, string requestId, string field) =>
        RunAsync(Scheduled(), async settlement =>
        {
            await settlement.UntilWaitingAsync(SettlementStatus.Scheduled);

            var (type, message) = await RunningSettlement.RefusalAsync(() => settlement.CancelAsync(
                new OperatorAction { Operator = name, Reason = reason, RequestId = requestId }));

            type.ShouldBe(OperatorRefusals.InvalidInput);
            message.ShouldContain(field);
            await settlement.CancelAsync(Requests.By("olga"));
            await settlement.ResultAsync();
        });

    [Fact]
    public Task Cancel_SameRequestIdTwice_GetsTheFirstAnswerAndIsRecordedOnce()
    {
        var activities = Scheduled();
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(SettlementStatus.Scheduled);
            await settlement.Handle.ExecuteUpdateAsync(workflow => workflow.PauseAsync(Requests.By("olga", "p-1")));
            await settlement.Handle.ExecuteUpdateAsync(workflow => workflow.PauseAsync(Requests.By("olga", "p-1")));

            activities.Actions.Count.ShouldBe(1);
            var (type, _) = await RunningSettlement.RefusalAsync(() => settlement.CancelAsync(Requests.By("olga", "p-1")));
            type.ShouldBe(OperatorRefusals.InvalidInput);
            await settlement.CancelAsync(Requests.By("olga"));
            await settlement.ResultAsync();
        });
    }

    [Fact]
    public Task Pause_BeforeTheWindowOpens_HoldsUntilResumed()
    {
        var activities = Scheduled();
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(SettlementStatus.Scheduled);
            await settlement.Handle.ExecuteUpdateAsync(workflow => workflow.PauseAsync(Requests.By("olga", null)));
            await settlement.SkipAsync(TimeSpan.FromDays(2));
            var view = await settlement.UntilAsync(one => one.Paused && one.WaitingFor == "an operator to resume it");
            view.Status.ShouldBe("scheduled");

            await settlement.Handle.ExecuteUpdateAsync(workflow => workflow.ResumeAsync(Requests.By("olga", null)));

            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
        });
    }

    [Fact]
    public Task Approve_WithTicket_GoesOnAndComputesTheScheduleAnew()
    {
        var activities = NeedsApproval();
        return RunAsync(activities, async settlement =>
        {
            var view = await settlement.UntilWaitingAsync(AwaitingApproval);
            view.AttentionReason.ShouldBe("approval_required");

            var reply = await settlement.ApproveAsync(Requests.WithTicket("anyone"));

            reply.Message.ShouldContain("anna");
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Path.ShouldBe([Pending, AwaitingApproval, FundsLocked, TransferInitiated, Confirmed, Settled]);
        });
    }

    [Fact]
    public Task Approve_TicketRefused_FailsTheUpdateAndKeepsWaiting()
    {
        var activities = NeedsApproval();
        activities.OnAction = input => new OperatorRecord
        {
            Actor = new Actor(input.Operator, ActorSource.CommandLine), Refusal = "the ticket has been used", RefusalKind = SettlementFailure.TicketInvalid,
        };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(AwaitingApproval);

            var (type, message) = await RunningSettlement.RefusalAsync(() => settlement.ApproveAsync(Requests.WithTicket("mallory")));

            (type, message).ShouldBe((nameof(SettlementFailure.TicketInvalid), "the ticket has been used"));
            var result = await settlement.ResultAsync();
            (result.Status, result.Failure).ShouldBe((Failed, SettlementFailure.ApprovalExpired));
            activities.Transfers.ShouldBeEmpty();
        });
    }

    [Fact]
    public Task Reject_WithTicket_Fails()
    {
        var activities = NeedsApproval();
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(AwaitingApproval);
            await settlement.Handle.ExecuteUpdateAsync(workflow => workflow.RejectAsync(Requests.WithTicket("anna")));

            (await settlement.ResultAsync()).Failure.ShouldBe(SettlementFailure.ApprovalRejected);
            activities.Path.ShouldBe([Pending, AwaitingApproval, Failed]);
        });
    }

    [Fact]
    public Task ExtendDeadline_OfAnApproval_KeepsItOpenBeyondTheFirst()
    {
        var activities = NeedsApproval();
        return RunAsync(activities, async settlement =>
        {
            var view = await settlement.UntilWaitingAsync(AwaitingApproval);
            var until = view.Deadline!.Value.AddDays(1);
            var action = new ExtendDeadlineAction { Operator = "olga", Reason = "approver is away", RequestId = "x-1", Until = until };
            await settlement.Handle.ExecuteUpdateAsync(workflow => workflow.ExtendDeadlineAsync(action));
            await settlement.SkipAsync(TimeSpan.FromHours(25));
            (await settlement.UntilWaitingAsync(AwaitingApproval)).Deadline.ShouldBe(until);

            await settlement.ApproveAsync(Requests.WithTicket("anna"));

            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
        });
    }

    [Fact]
    public async Task Retry_WhenTheDatabaseShowsAwaitingRetryBeforeTheWorkflowKnows_IsTaken()
    {
        var activities = new FakeActivities();
        activities.OnTransfer = input => new BankAnswer
        {
            Outcome = input.Attempt == 1 ? BankOutcome.Rejected : BankOutcome.Settled, ReasonCode = "AC04",
        };
        using var released = new SemaphoreSlim(0);
        using var mayReturn = new SemaphoreSlim(0);
        activities.AfterRelease = async () =>
        {
            released.Release();
            await mayReturn.WaitAsync();
        };
        await RunAsync(activities, async settlement =>
        {
            await released.WaitAsync();
            var retry = settlement.RetryAsync(Requests.By("olga"));
            await settlement.UntilAsync(() => !activities.Actions.IsEmpty);
            mayReturn.Release();

            (await retry).RetryCount.ShouldBe(1);
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
        });
    }

    [Fact]
    public Task Resolve_WithoutEvidence_IsRefused() =>
        RunAsync(new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Unknown } }, async settlement =>
        {
            await settlement.UntilWaitingAsync(OutcomeUnknown);

            var (type, message) = await RunningSettlement.RefusalAsync(
                () => settlement.ResolveAsync(Requests.Resolution(ResolveAction.Confirmed) with { Evidence = "" }));

            (type, message.Contains("evidence", StringComparison.Ordinal)).ShouldBe((OperatorRefusals.InvalidInput, true));
            await settlement.ResolveAsync(Requests.Resolution(ResolveAction.Confirmed));
            await settlement.ResultAsync();
        });

    private static FakeActivities Scheduled() => new()
    {
        OnValidate = input => new ValidationResult { Status = SettlementStatus.Scheduled, ReleaseAt = input.AsOf.AddDays(1) },
    };

    private static FakeActivities NeedsApproval() => new()
    {
        OnValidate = input => new ValidationResult { Status = AwaitingApproval, ApprovalRequired = !input.Approved, Detail = "amount above 50.00 USD" },
    };
}
