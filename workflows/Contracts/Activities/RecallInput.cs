namespace Settlement.Workflows.Contracts;

/// <summary>A recall of one instruction.</summary>
public sealed record RecallInput : StepInput
{
    public required string Bank { get; init; }
    public required string Uetr { get; init; }

    /// <summary>Who wants it back.</summary>
    public required string Actor { get; init; }

    public required string Reason { get; init; }
    public required double BankCallTimeoutSeconds { get; init; }
}
