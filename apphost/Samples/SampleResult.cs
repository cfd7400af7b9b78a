namespace Settlement.AppHost.Samples;

/// <summary>How a sample went.</summary>
public sealed record SampleResult
{
    public required Sample Sample { get; init; }

    /// <summary>States in order with their times; empty if the API refused the request.</summary>
    public required IReadOnlyList<SampleStep> Steps { get; init; }

    /// <summary>How it differs from what the file expects; empty: it passed.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>From the request to the last look.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Null if the API refused the request.</summary>
    public Guid? SettlementId { get; init; }

    /// <summary>Null if the API refused the request.</summary>
    public string? Reference { get; init; }

    /// <summary>In words: the last state with its failure, or the refusal.</summary>
    public required string End { get; init; }

    public bool Passed => Faults.Count == 0;
}
