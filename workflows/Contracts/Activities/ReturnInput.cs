namespace Settlement.Workflows.Contracts;

/// <summary>A return of one attempt.</summary>
public sealed record ReturnInput : StepInput
{
    public required string Bank { get; init; }

    public required ReturnOf Return { get; init; }

    public required double BankCallTimeoutSeconds { get; init; }
}
