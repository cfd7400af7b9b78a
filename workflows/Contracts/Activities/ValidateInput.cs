namespace Settlement.Workflows.Contracts;

/// <summary>What the validate step is asked.</summary>
public sealed record ValidateInput : StepInput
{
    /// <summary>A second person has agreed already.</summary>
    public bool Approved { get; init; }
}
