using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>A person is needed for a reason, or no longer is.</summary>
public sealed record AttentionInput : RepeatableStepInput
{
    /// <summary>True raises the flag and opens a case, false closes what was raised for the reason.</summary>
    public required bool Raised { get; init; }

    /// <summary>Why; null clears every reason that is not suspense or a late confirmation.</summary>
    public AttentionReason? Reason { get; init; }

    /// <summary>When clearing: what people are still needed for.</summary>
    public AttentionReason? Remaining { get; init; }

    /// <summary>In words, without personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>The compensation that keeps failing, <c>VOID_LOCK</c> or <c>RECALL</c>, so that its record says so too.</summary>
    public string? Compensation { get; init; }

    /// <summary>Who cleared it.</summary>
    public Actor? Actor { get; init; }
}
