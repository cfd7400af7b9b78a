using System.Text.Json.Serialization;

namespace Settlement.Domain;

/// <summary>Why a settlement needs a person (`NeedsAttention`), and the kind of the case that is opened for it.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<AttentionReason>))]
public enum AttentionReason
{
    /// <summary>The bank could not say by the deadline what became of the instruction.</summary>
    OutcomeUnknown,
    /// <summary>A compensation keeps failing.</summary>
    CompensationFailing,
    /// <summary>Waits for an approver.</summary>
    ApprovalRequired,
    /// <summary>Screening found a name, BIC or country.</summary>
    ComplianceHit,
    /// <summary>One business day past the due date's cut-off.</summary>
    Overdue,
    /// <summary>Three business days past the due date's cut-off.</summary>
    OverdueCritical,
    /// <summary>Longer than allowed in one state.</summary>
    StuckInStatus,
    /// <summary>A confirmation came after the lock had been released; its amount stands in suspense.</summary>
    LateConfirmation,
    /// <summary>A bank message does not match its instruction, or no instruction at all.</summary>
    MessageMismatch,
    /// <summary>The bank has not answered a recall, or has refused it.</summary>
    RecallOpen,
    /// <summary>All automatic attempts are used up.</summary>
    RetriesExhausted,
    /// <summary>The window or calendar data does not reach far enough.</summary>
    CalendarExpired,
    /// <summary>Work was stopped by an operator or a kill switch.</summary>
    Paused,
    /// <summary>An amount in the suspense account waits to be assigned.</summary>
    Suspense,
    /// <summary>The stored input cannot be started: only a person can tell why, and nothing has moved.</summary>
    Unstartable,
    /// <summary>Our books and the bank's differ.</summary>
    ReconciliationBreak,
    /// <summary>It is open in the books, but no workflow works on it.</summary>
    Orphaned,
    /// <summary>A retry or deadline passed and its workflow did nothing.</summary>
    MissedDeadline,
}
