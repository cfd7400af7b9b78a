namespace Settlement.Workflows.Contracts;

/// <summary>The instructions of all attempts, and the questions asked about the present one.</summary>
public sealed record CarriedOutcome
{
    public IReadOnlyList<CarriedInstruction> Instructions { get; init; } = [];

    /// <summary>UETR of the present attempt's instruction; null if it has none yet.</summary>
    public string? Present { get; init; }

    public int Enquiries { get; init; }

    public DateTimeOffset NextEnquiryAt { get; init; }

    public DateTimeOffset? NextRecallAt { get; init; }

    public int RecallTries { get; init; }

    public int RecallFailures { get; init; }

    public bool AmountMismatch { get; init; }

    public string? LateConfirmation { get; init; }
}
