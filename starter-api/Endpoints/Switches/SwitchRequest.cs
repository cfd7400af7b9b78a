namespace Settlement.StarterApi.Endpoints.Switches;

/// <summary>Body of PUT /api/v1/switches.</summary>
public sealed record SwitchRequest
{
    /// <summary><c>new_settlements</c>, <c>transfers</c>, <c>schedules</c>, <c>escalation</c>, <c>notifications</c>; the first two and escalation also with a scope: <c>:CURRENCY-USD</c>, <c>:BANK-simbank</c>, <c>:CORRIDOR-USD-DE</c>.</summary>
    public required string Name { get; init; }

    /// <summary>True stops, false releases.</summary>
    public required bool Stopped { get; init; }

    /// <summary>Why; ends up in the audit log, and in the refusals that the switch causes.</summary>
    public required string Reason { get; init; }
}
