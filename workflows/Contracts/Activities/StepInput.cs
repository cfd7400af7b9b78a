namespace Settlement.Workflows.Contracts;

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
