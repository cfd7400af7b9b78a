namespace Settlement.AppHost.Samples;

/// <summary>Where a run of samples finds everything, and in whose name it acts.</summary>
public sealed record SampleRunOptions
{
    /// <summary>Root of the starter API.</summary>
    public required Uri Api { get; init; }

    /// <summary>Root of the bank simulator.</summary>
    public required Uri Bank { get; init; }

    /// <summary>The name under which the worker knows the simulator.</summary>
    public string BankName { get; init; } = "simbank";

    /// <summary>Owner of all accounts that the run opens; the users belong to it.</summary>
    public required string EntityId { get; init; }

    /// <summary>Starts and reads settlements.</summary>
    public required SampleUser Starter { get; init; }

    /// <summary>Retries, cancels and resolves.</summary>
    public required SampleUser Operator { get; init; }

    /// <summary>Approves, rejects, and issues the tickets that a resolution needs.</summary>
    public required SampleUser Approver { get; init; }

    /// <summary>How long an operator tries again what is refused, before it counts as refused.</summary>
    public TimeSpan OperatorPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause between two looks at a settlement.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(150);
}
