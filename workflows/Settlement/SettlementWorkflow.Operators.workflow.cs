using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>The operators' words: the same from the API and from the <c>temporal</c> command line.</summary>
public sealed partial class SettlementWorkflow
{
    /// <inheritdoc/>
    [WorkflowUpdate(SettlementNames.RetryUpdate)]
    public Task<OperatorReply> RetryAsync(OperatorAction action) => PerformAsync(SettlementNames.RetryUpdate, action, _ =>
    {
        retryRequested = true;
        return ($"Attempt {attempt + 1} begins.", RetryCount + 1);
    });

    /// <inheritdoc/>
    [WorkflowUpdate(SettlementNames.CancelUpdate)]
    public Task<OperatorReply> CancelAsync(OperatorAction action) => PerformAsync(SettlementNames.CancelUpdate, action, record =>
    {
        stop = new StopRequest(record.Actor, action.Reason);
        return (instruction is { Verdict: null }
            ? "The instruction may have reached the bank: it is asked to recall the payment. The funds stay locked until it answers."
            : "It is being cancelled.", RetryCount);
    });

    /// <inheritdoc/>
    [WorkflowUpdate(SettlementNames.ApproveUpdate)]
    public Task<OperatorReply> ApproveAsync(TicketedAction action) => PerformAsync(SettlementNames.ApproveUpdate, action, record =>
    {
        approval = new Approval(true, record.Actor, action.Reason);
        return ($"Approved by {record.Actor.Name}.", RetryCount);
    });

    /// <inheritdoc/>
    [WorkflowUpdate(SettlementNames.RejectUpdate)]
    public Task<OperatorReply> RejectAsync(TicketedAction action) => PerformAsync(SettlementNames.RejectUpdate, action, record =>
    {
        approval = new Approval(false, record.Actor, action.Reason);
        return ($"Rejected by {record.Actor.Name}.", RetryCount);
    });

    /// <inheritdoc/>
    [WorkflowUpdate(SettlementNames.ResolveUpdate)]
    public Task<OperatorReply> ResolveAsync(ResolveAction action) => PerformAsync(SettlementNames.ResolveUpdate, action, record =>
    {
        var moved = action.Outcome == ResolveAction.Confirmed;
        instruction!.Decide(new Verdict(moved ? Contracts.BankOutcome.Settled : Contracts.BankOutcome.NotExecuted, "resolution")
        {
            Actor = record.Actor,
            Approver = record.Approver,
            Evidence = action.Evidence,
        });
        return (moved ? "Resolved: the bank has executed it." : "Resolved: no money moved; the funds are being released.", RetryCount);
    });

    /// <inheritdoc/>
    [WorkflowUpdate(SettlementNames.RetryCompensationUpdate)]
    public Task<OperatorReply> RetryCompensationAsync(OperatorAction action) =>
        PerformAsync(SettlementNames.RetryCompensationUpdate, action, _ =>
        {
            tryAgainNow = true;
            return ($"{(failingStep is null ? "The step under way" : $"Step {failingStep}")} is tried again at once.", RetryCount);
        });

    /// <inheritdoc/>
    [WorkflowUpdate(SettlementNames.ExtendDeadlineUpdate)]
    public Task<OperatorReply> ExtendDeadlineAsync(ExtendDeadlineAction action) =>
        PerformAsync(SettlementNames.ExtendDeadlineUpdate, action, _ =>
        {
            deadline = action.Until;
            return ($"The deadline is {action.Until:u}.", RetryCount);
        });

    /// <inheritdoc/>
    [WorkflowUpdate(SettlementNames.PauseUpdate)]
    public Task<OperatorReply> PauseAsync(OperatorAction action) => PerformAsync(SettlementNames.PauseUpdate, action, _ =>
    {
        paused = true;
        return ("It holds before its next step.", RetryCount);
    });

    /// <inheritdoc/>
    [WorkflowUpdate(SettlementNames.ResumeUpdate)]
    public Task<OperatorReply> ResumeAsync(OperatorAction action) => PerformAsync(SettlementNames.ResumeUpdate, action, _ =>
    {
        paused = false;
        return ("It goes on.", RetryCount);
    });

    [WorkflowUpdateValidator(nameof(RetryAsync))]
    public void ValidateRetry(OperatorAction action) => Check(SettlementNames.RetryUpdate, action);

    [WorkflowUpdateValidator(nameof(CancelAsync))]
    public void ValidateCancel(OperatorAction action) => Check(SettlementNames.CancelUpdate, action);

    [WorkflowUpdateValidator(nameof(ApproveAsync))]
    public void ValidateApprove(TicketedAction action) => Check(SettlementNames.ApproveUpdate, action);

    [WorkflowUpdateValidator(nameof(RejectAsync))]
    public void ValidateReject(TicketedAction action) => Check(SettlementNames.RejectUpdate, action);

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveAction action) => Check(SettlementNames.ResolveUpdate, action);

    [WorkflowUpdateValidator(nameof(RetryCompensationAsync))]
    public void ValidateRetryCompensation(OperatorAction action) => Check(SettlementNames.RetryCompensationUpdate, action);

    [WorkflowUpdateValidator(nameof(ExtendDeadlineAsync))]
    public void ValidateExtendDeadline(ExtendDeadlineAction action) => Check(SettlementNames.ExtendDeadlineUpdate, action);

    [WorkflowUpdateValidator(nameof(PauseAsync))]
    public void ValidatePause(OperatorAction action) => Check(SettlementNames.PauseUpdate, action);

    [WorkflowUpdateValidator(nameof(ResumeAsync))]
    public void ValidateResume(OperatorAction action) => Check(SettlementNames.ResumeUpdate, action);

    /// <summary>Why the update makes no sense in a state; null if it does.</summary>
    private string? RefusalOf(string update, SettlementStatus at) => update switch
    {
        SettlementNames.RetryUpdate => RefusalOfRetry(at),
        SettlementNames.CancelUpdate => RefusalOfCancel(at),
        SettlementNames.ApproveUpdate or SettlementNames.RejectUpdate =>
            at == SettlementStatus.AwaitingApproval && approval is null ? null : $"it does not wait for an approval: {Where}",
        SettlementNames.ResolveUpdate =>
            instruction is { Verdict: null } && (at == SettlementStatus.OutcomeUnknown || failingStep == "recall")
                ? null
                : $"there is no unknown outcome to resolve: {Where}",
        SettlementNames.RetryCompensationUpdate =>
            failingStep is not null || recalling || at == SettlementStatus.RollingBack ? null : $"no step or compensation is failing: {Where}",
        SettlementNames.ExtendDeadlineUpdate => deadline is not null ? null : $"no deadline is open: {Where}",
        SettlementNames.PauseUpdate => paused ? "it is paused already" : BeforePointOfNoReturn(at) ? null : $"it can no longer be held: {Where}",
        SettlementNames.ResumeUpdate => paused ? null : "it is not paused",
        _ => $"there is no update {update}",
    };

    private string? RefusalOfRetry(SettlementStatus at) =>
        at != SettlementStatus.AwaitingRetry ? $"only a settlement in AWAITING_RETRY can be retried: {Where}"
        : lateConfirmation is not null ? $"it must not pay again: {lateConfirmation}"
        : retryRequested ? "a retry has been asked for already"
        : null;

    private string? RefusalOfCancel(SettlementStatus at) =>
        StopRequested ? instruction is { Recall: RecallState.Refused } ? "the bank has refused to recall it" : "it is being cancelled already"
        : BeforePointOfNoReturn(at) || instruction is { Verdict: null } ? null
        : $"it is too late to cancel: {Where}";

    private bool BeforePointOfNoReturn(SettlementStatus at) => at == SettlementStatus.AwaitingRetry || (instruction is null && at
        is SettlementStatus.Pending or SettlementStatus.AwaitingApproval or SettlementStatus.Scheduled or SettlementStatus.FundsLocked);

    private string Where => $"the settlement is in {UpperSnake.Of(status)}";

    private int RetryCount => attempt - 1;
}
