namespace Settlement.Workflows.Contracts;

/// <summary>What the bank said about an instruction, or that it said nothing.</summary>
public sealed record BankAnswer
{
    public required BankOutcome Outcome { get; init; }

    /// <summary>ISO 20022 reason code of a refusal.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Whether a new instruction may be sent by itself later (a refusal such as AM04, a bank that was down).</summary>
    public bool Retryable { get; init; }

    /// <summary>The bank's own reference of the booking.</summary>
    public string? BankReference { get; init; }

    /// <summary>Booked amount in minor units, where the bank says one.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>
    /// UETR under which the attempt's instruction was recorded, if that is another than was asked for: a workflow that was reset makes a new
    /// one, but the attempt keeps its first.
    /// </summary>
    public string? RecordedUetr { get; init; }

    /// <summary>In words, without personal data.</summary>
    public string? Detail { get; init; }
}
