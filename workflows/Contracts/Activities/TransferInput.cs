namespace Settlement.Workflows.Contracts;

/// <summary>One instruction of one attempt.</summary>
public sealed record TransferInput : StepInput
{
    /// <summary>UUIDv4 in lower case, made by the workflow, constant over all repeats.</summary>
    public required string Uetr { get; init; }

    /// <summary>Which bank carries it.</summary>
    public required string Bank { get; init; }

    /// <summary>Limit of one call to the bank.</summary>
    public required double BankCallTimeoutSeconds { get; init; }

    /// <summary>How often a bank that cannot be connected to is tried before it counts as unavailable; at least 1.</summary>
    public int ConnectAttempts { get; init; } = 3;
}
