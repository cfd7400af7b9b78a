using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

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
