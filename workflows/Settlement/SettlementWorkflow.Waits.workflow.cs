using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>What a settlement may wait for before its money is under way: an approver, its window, another attempt.</summary>
public sealed partial class SettlementWorkflow
{
    private Approval? approval;
    private StopRequest? stop;
    private bool paused;
    private bool retryRequested;
    private int automaticRetries;

    private bool StopRequested => stop is not null || Workflow.CancellationToken.IsCancellationRequested;

    private StopRequest Stop => stop ?? new StopRequest(new Actor("temporal", ActorSource.CommandLine), "the workflow was cancelled in Temporal");

    /// <summary>The gate before each step up to the point of no return: holds while paused, ends what was cancelled.</summary>
    private async Task<bool> MayGoOnAsync()
    {
        if (paused)
            await WaitAsync("an operator to resume it", () => !paused || StopRequested);
        if (StopRequested)
        {
            await EndAttemptAsync(SettlementStatus.Cancelled, SettlementFailure.CancelledByOperator, Stop.Reason, Stop.Actor);
            return false;
        }

        if (lateConfirmation is null)
            return true;
        await EndAttemptAsync(SettlementStatus.Failed, SettlementFailure.ConfirmationMismatch, lateConfirmation, null);
        return false;
    }

    private async Task<bool> ObtainApprovalAsync()
    {
        if (Passed(ProcessPhase.Approval))
            return true;
        if (!schedule!.ApprovalRequired || approval is not null)
            return true;
        var reason = schedule.ScreeningHit ? AttentionReason.ComplianceHit : AttentionReason.ApprovalRequired;
        await RaiseAsync(reason, schedule.Detail ?? "a second person must agree");
        deadline ??= Now.AddSeconds(timings.ApprovalTimeoutSeconds);
        await WaitAsync("a second person's approval", () => approval is not null || StopRequested);
        deadline = null;
        await CalmAsync(reason);
        if (StopRequested)
            return await MayGoOnAsync();
        if (approval is { Granted: true })
            // The window may have closed meanwhile: the schedule is computed anew.
            return await ValidateAsync();
        if (approval is null)
            await EndAttemptAsync(SettlementStatus.Failed, SettlementFailure.ApprovalExpired, "no approver answered in time", null);
        else
            await EndAttemptAsync(SettlementStatus.Failed, SettlementFailure.ApprovalRejected, approval.Reason, approval.Actor);
        return false;
    }

    private async Task<bool> WaitForWindowAsync()
    {
        if (Passed(ProcessPhase.Window))
            return true;
        while (!StopRequested && schedule!.ReleaseAt is { } opens && opens > Now)
        {
            if (status != SettlementStatus.Scheduled)
                await ChangeStatusAsync(SettlementStatus.Scheduled, $"waits for its window at {opens:u}", null, null);
            await WaitAsync("its value date and window", () => StopRequested || schedule!.ReleaseAt != opens, wakeAt: opens);
        }

        return true;
    }

    /// <summary>Whether another attempt follows. False once the state is terminal.</summary>
    private async Task<bool> AwaitRetryAsync()
    {
        if (status != SettlementStatus.AwaitingRetry)
            return false;
        _ = Passed(ProcessPhase.Retry);
        var automatic = instruction?.Verdict is { Retryable: true } && automaticRetries < timings.RetryAttempts && lateConfirmation is null;
        if (!automatic)
            await RaiseAsync(AttentionReason.RetriesExhausted, failureDetail ?? "waits for an operator");
        deadline ??= since.AddSeconds(timings.AwaitingRetrySeconds);
        await WaitAsync(
            automatic ? "the next automatic attempt" : "an operator to retry or cancel",
            () => retryRequested || StopRequested || lateConfirmation is not null,
            automatic ? Now.AddSeconds(timings.RetryDelaySeconds) : null);
        var expired = DeadlinePassed;
        deadline = null;
        if (!await MayGoOnAsync())
            return false;
        if (expired && !retryRequested)
        {
            await EndAttemptAsync(SettlementStatus.Failed, SettlementFailure.DeadlineExceeded, "nobody retried it in time", null);
            return false;
        }

        if (!retryRequested)
            automaticRetries++;
        retryRequested = false;
        await CalmAsync(AttentionReason.RetriesExhausted);
        attempt++;
        instruction = null;
        // Only here, where it takes effect: an operator may ask while the alert above is still being raised.
        retryRequested = false;
        return true;
    }

    /// <summary>Ends the attempt before the point of no return: straight, or through ROLLING_BACK if funds may be locked.</summary>
    private Task EndAttemptAsync(SettlementStatus to, SettlementFailure why, string reason, Actor? actor)
    {
        failure = why;
        failureDetail = reason;
        return fundsMayBeLocked
            ? RollBackAsync(to, why, reason, actor, verdict: null)
            : ChangeStatusAsync(to, reason, why, actor);
    }

    private async Task ChangeStatusAsync(SettlementStatus to, string reason, SettlementFailure? why, Actor? actor)
    {
        var input = new ChangeStatusInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Occurrence = NextOccurrence(),
            To = to,
            Reason = reason,
            Failure = why,
            Actor = actor,
        };
        heading = [to];
        // The key of this step holds its occurrence: it is finished in the run that began it.
        bound = true;
        await UntilDoneAsync($"enter {UpperSnake.Lower(to)}", () => Workflow.ExecuteActivityAsync(
            (ILifecycleActivities activity) => activity.ChangeStatusAsync(input),
            ActivityPolicies.Step($"enter {UpperSnake.Of(to)}")));
        bound = false;
        Enter(to);
    }
}

/// <summary>What the second person said.</summary>
internal sealed record Approval(bool Granted, Actor Actor, string Reason);

/// <summary>Somebody wants the settlement to end without money moving.</summary>
/// <param name="Actor">The operator, or <c>temporal</c> for a cancellation of the workflow itself.</param>
/// <param name="Reason">In the operator's words.</param>
internal sealed record StopRequest(Actor Actor, string Reason);
