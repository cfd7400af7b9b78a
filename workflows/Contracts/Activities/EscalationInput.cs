using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>One escalation; it happens once per settlement and level, STUCK once per stay in a state.</summary>
public sealed record EscalationInput : RepeatableStepInput
{
    public required EscalationLevel Level { get; init; }

    /// <summary>The instant that passed.</summary>
    public required DateTimeOffset DeadlineAt { get; init; }

    /// <summary>State in which it happened.</summary>
    public required SettlementStatus Status { get; init; }
}
