using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>A recall of one instruction.</summary>
public sealed record RecallInput : StepInput
{
    public required string Bank { get; init; }
    public required string Uetr { get; init; }

    /// <summary>Who wants it back.</summary>
    public required Actor Actor { get; init; }

    public required string Reason { get; init; }
    /// <summary>Which try it is, from 0: failures are counted once each.</summary>
    public required int Try { get; init; }

    public required double BankCallTimeoutSeconds { get; init; }
}
