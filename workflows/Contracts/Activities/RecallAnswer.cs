namespace Settlement.Workflows.Contracts;

/// <summary>Outcome of a recall.</summary>
public sealed record RecallAnswer
{
    public required RecallOutcome Outcome { get; init; }

    /// <summary>ISO 20022 reason code of a refusal.</summary>
    public string? ReasonCode { get; init; }

    public string? Detail { get; init; }
}
