using Settlement.Domain;
using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>The settlement's own record: what it may do, where it stands, and when it goes on.</summary>
public interface ILifecycleActivities
{
    /// <summary>
    /// Step 1: account, entity, currency, limits, window and cut-off, calendar, compliance, kill switches. The verdict and the
    /// state that follows from it are one transaction: FAILED, AWAITING_APPROVAL, SCHEDULED, or unchanged when the lock may follow.
    /// Asked again with an approval it computes the schedule anew. Refused in a later attempt, AWAITING_RETRY stays.
    /// </summary>
    [Activity("Validate")]
    Task<ValidationResult> ValidateAsync(ValidateInput input);

    /// <summary>Computes the schedule of an open settlement again, after calendars or windows have changed. What has happened stays as recorded.</summary>
    [Activity("Reschedule")]
    Task<ScheduleChange> RescheduleAsync(RepeatableStepInput input);

    /// <summary>Step 4: records what proves the execution; CONFIRMED.</summary>
    [Activity("Confirm")]
    Task ConfirmAsync(ConfirmInput input);

    /// <summary>
    /// Enters ROLLING_BACK. Where an instruction existed, closes it with the proof that it moved no money and records that as
    /// the outcome of the transfer's compensation, in the same transaction.
    /// </summary>
    [Activity("BeginRollBack")]
    Task BeginRollBackAsync(RollBackInput input);

    /// <summary>Moves the settlement along the transition table, with history, audit and event, in one transaction.</summary>
    [Activity("ChangeStatus")]
    Task ChangeStatusAsync(ChangeStatusInput input);
}

/// <summary>
/// What every step needs: whose step, which attempt, and the business time. A repeat with the same settlement and attempt
/// is the same step and gets the first result.
/// </summary>
public record StepInput
{
    public required Guid SettlementId { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>Business time (<c>Workflow.UtcNow</c>); no business rule asks another clock.</summary>
    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>A step that may happen several times in one attempt.</summary>
public record RepeatableStepInput : StepInput
{
    /// <summary>Which occurrence: unique within the settlement, the same in every technical repeat.</summary>
    public required string Occurrence { get; init; }
}

/// <summary>What the validate step is asked.</summary>
public sealed record ValidateInput : StepInput
{
    /// <summary>A second person has agreed already.</summary>
    public bool Approved { get; init; }
}

/// <summary>Verdict of the validate step.</summary>
public sealed record ValidationResult
{
    /// <summary>State after the step.</summary>
    public required SettlementStatus Status { get; init; }

    /// <summary>Why it was refused; null if it was not.</summary>
    public SettlementFailure? Failure { get; init; }

    /// <summary>The refusal, or the reason for an approval, in words without personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>A second person must agree before funds are locked.</summary>
    public bool ApprovalRequired { get; init; }

    /// <summary>A screening hit is the reason for the approval.</summary>
    public bool ScreeningHit { get; init; }

    /// <summary>When the instruction may go out: opening of the window on the value date. Null or past: at once.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>Cut-off on the due date.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When overdue becomes a warning.</summary>
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>When overdue becomes critical.</summary>
    public DateTimeOffset? CriticalAt { get; init; }
}

/// <summary>The schedule as it is now.</summary>
public sealed record ScheduleChange
{
    /// <summary>False: it is what it was.</summary>
    public required bool Changed { get; init; }

    /// <summary>When the instruction may go out; null or past: at once.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>Cut-off on the due date.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? OverdueAt { get; init; }

    public DateTimeOffset? CriticalAt { get; init; }
}

/// <summary>The proof that the bank has executed an instruction.</summary>
public sealed record ConfirmInput : StepInput
{
    public required string Uetr { get; init; }

    /// <summary><c>answer</c>, <c>message</c>, <c>enquiry</c> or <c>resolution</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Who acted: the system user, or the operator of a resolution.</summary>
    public Actor? Actor { get; init; }

    /// <summary>The bank's message id, where a message was the proof.</summary>
    public string? MessageId { get; init; }

    /// <summary>The bank's own reference of the booking.</summary>
    public string? BankReference { get; init; }

    /// <summary>The second person of a resolution.</summary>
    public string? Approver { get; init; }

    /// <summary>Evidence of a resolution, or the bank's words.</summary>
    public string? Evidence { get; init; }
}

/// <summary>Why an attempt is rolled back, and what proves that it may be.</summary>
public sealed record RollBackInput : StepInput
{
    public Actor? Actor { get; init; }
    public required string Reason { get; init; }
    public SettlementFailure? Failure { get; init; }

    /// <summary>The attempt's instruction; null if none was recorded.</summary>
    public string? Uetr { get; init; }

    /// <summary>REJECTED, NOT_SENT or RECALLED: why the instruction has moved no money. Null without an instruction.</summary>
    public BankOutcome? Proof { get; init; }

    public string? ReasonCode { get; init; }

    /// <summary>The second person of a resolution.</summary>
    public string? Approver { get; init; }

    /// <summary>Evidence of a resolution, or the bank's words.</summary>
    public string? Evidence { get; init; }
}

/// <summary>One transition.</summary>
public sealed record ChangeStatusInput : RepeatableStepInput
{
    public required SettlementStatus To { get; init; }

    /// <summary>Who caused it; the system user if nobody did.</summary>
    public Actor? Actor { get; init; }

    public required string Reason { get; init; }

    /// <summary>The failure that led here, if one did.</summary>
    public SettlementFailure? Failure { get; init; }
}
