namespace Settlement.Workflows.Contracts;

/// <summary>What people have asked for, and until when is waited.</summary>
public sealed record CarriedWaits
{
    public DateTimeOffset? Deadline { get; init; }

    public bool Paused { get; init; }

    public bool RetryRequested { get; init; }

    public int AutomaticRetries { get; init; }

    public int Occurrences { get; init; }

    /// <summary>Null: nobody has been asked or nobody has answered.</summary>
    public CarriedDecision? Approval { get; init; }

    /// <summary>Who wants it ended, and why; null: nobody.</summary>
    public CarriedDecision? Stop { get; init; }

    /// <summary>The step that keeps failing; it is begun again.</summary>
    public string? FailingStep { get; init; }
}
