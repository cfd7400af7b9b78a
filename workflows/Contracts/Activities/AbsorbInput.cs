using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>A message that did not fit, and what is to be made of it.</summary>
public sealed record AbsorbInput : StepInput
{
    public required BankMessage Message { get; init; }

    /// <summary>LATE_CONFIRMATION posts to suspense; MESSAGE_MISMATCH only opens a case.</summary>
    public required AttentionReason Reason { get; init; }

    public required string Detail { get; init; }
}
