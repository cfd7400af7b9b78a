using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>
/// The saga's way back, in reverse order: the transfer first (recalled, or closed with proof that it moved no money), then
/// the lock. Every activity runs on a token that the workflow's cancellation does not touch, and is repeated until it
/// succeeds, in the open.
/// </summary>
public sealed partial class SettlementWorkflow
{
    /// <summary>Set before the lock is asked for: after a crash in between, the hold may exist.</summary>
    private bool fundsMayBeLocked;

    /// <summary>The rollback under way, for a next run of the workflow.</summary>
    private CarriedRollBack? rollBack;

    private DateTimeOffset? nextRecallAt;
    private bool recalling;
    private int recallTries;
    private int recallFailures;

    private Task RollBackAsync(Verdict verdict)
    {
        var cancelled = StopRequested;
        failure = cancelled ? SettlementFailure.CancelledByOperator : FailureOf(verdict);
        failureDetail = cancelled ? Stop.Reason : verdict.Describe();
        var then = cancelled ? SettlementStatus.Cancelled : SettlementStatus.AwaitingRetry;
        return RollBackAsync(then, failure.Value, failureDetail, verdict.Actor ?? (cancelled ? Stop.Actor : null), verdict);
    }

    private async Task RollBackAsync(SettlementStatus then, SettlementFailure why, string reason, Actor? actor, Verdict? verdict)
    {
        phase = ProcessPhase.RollBack;
        rollBack = new CarriedRollBack(then, why, reason, actor, verdict is not null);
        var begin = new RollBackInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Reason = reason,
            Failure = why,
            Actor = actor,
            Uetr = verdict is null ? null : instruction!.Uetr,
            Proof = verdict?.Outcome,
            ReasonCode = verdict?.ReasonCode,
            Approver = verdict?.Approver,
            Evidence = verdict?.Evidence,
        };
        heading = [SettlementStatus.RollingBack];
        await UntilDoneAsync("roll_back", () => Workflow.ExecuteActivityAsync(
            (ILifecycleActivities activity) => activity.BeginRollBackAsync(begin),
            ActivityPolicies.Step($"roll back: {reason}")));
        Enter(SettlementStatus.RollingBack);

        var release = new ReleaseInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Then = then,
            Reason = reason,
            Failure = why,
            Actor = actor,
        };
        heading = [then];
        await UntilDoneAsync("release_funds", () => Workflow.ExecuteActivityAsync(
            (ILedgerActivities activity) => activity.ReleaseAsync(release),
            ActivityPolicies.Step("release funds")), AttentionReason.CompensationFailing);
        fundsMayBeLocked = false;
        rollBack = null;
        Enter(then);
    }

    /// <summary>A rollback that an earlier run has begun: both its steps answer a repeat with their first result.</summary>
    private async Task FinishRollBackAsync()
    {
        if (rollBack is not { } begun)
            return;
        await RollBackAsync(begun.Then, begun.Failure, begun.Reason, begun.Actor, begun.HasVerdict ? instruction?.Verdict : null);
        goOnAt = ProcessPhase.Retry;
    }

    /// <summary>A cancelled settlement wants its instruction back, as long as the bank has neither granted nor refused that.</summary>
    private bool RecallIsDue(Instruction open) =>
        StopRequested && open.Recall == RecallState.None && (nextRecallAt is null || nextRecallAt <= Now || tryAgainNow);

    private async Task RecallAsync(Instruction open)
    {
        tryAgainNow = false;
        recalling = true;
        var input = new RecallInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Bank = request.Bank,
            Uetr = open.Uetr,
            Actor = Stop.Actor,
            Reason = Stop.Reason,
            Try = recallTries++,
            BankCallTimeoutSeconds = timings.BankCallTimeoutSeconds,
        };
        try
        {
            var answer = await Workflow.ExecuteActivityAsync(
                (IBankActivities activity) => activity.RecallAsync(input),
                ActivityPolicies.Recall($"recall from {request.Bank}", timings));
            nextRecallAt = null;
            failingStep = null;
            recalling = false;
            Note("recall", $"{UpperSnake.Lower(answer.Outcome)} {answer.ReasonCode}".TrimEnd());
            await CalmAsync(AttentionReason.CompensationFailing);
            await TakeRecallAnswerAsync(open, answer);
        }
        catch (ActivityFailureException exception)
        {
            recalling = false;
            Note("recall", Describe(exception));
            nextRecallAt = Now + Backoff.Of(timings.CompensationBackoffSeconds, timings.MaxCompensationBackoffSeconds, recallFailures++);
            failingStep = "recall";
            await RaiseAsync(AttentionReason.CompensationFailing, $"the recall does not get through: {Describe(exception)}");
        }
    }

    private async Task TakeRecallAnswerAsync(Instruction open, RecallAnswer answer)
    {
        switch (answer.Outcome)
        {
            case RecallOutcome.Recalled:
                open.Decide(new Verdict(BankOutcome.Recalled, "recall") { ReasonCode = answer.ReasonCode, Evidence = answer.Detail });
                break;
            case RecallOutcome.Pending:
                open.Recall = RecallState.Pending;
                await RaiseAsync(AttentionReason.RecallOpen, "the bank has not answered the recall yet");
                break;
            case RecallOutcome.Refused:
            default:
                open.Recall = RecallState.Refused;
                await RaiseAsync(AttentionReason.RecallOpen, $"the bank refused the recall {answer.ReasonCode}".TrimEnd());
                break;
        }
    }

    private static SettlementFailure FailureOf(Verdict verdict) => verdict.Outcome switch
    {
        BankOutcome.NotSent => SettlementFailure.BankUnavailable,
        _ => SettlementFailure.BankRejected,
    };
}
