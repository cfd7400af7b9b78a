using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

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
