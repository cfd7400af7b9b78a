using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>A proof about an instruction.</summary>
public sealed record CarriedVerdict(BankOutcome Outcome, string Source)
{
    public string? ReasonCode { get; init; }
    public bool Retryable { get; init; }
    public string? BankReference { get; init; }
    public string? MessageId { get; init; }
    public Actor? Actor { get; init; }
    public string? Approver { get; init; }
    public string? Evidence { get; init; }
}
