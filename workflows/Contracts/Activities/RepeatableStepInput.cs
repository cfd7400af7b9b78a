namespace Settlement.Workflows.Contracts;

/// <summary>A step that may happen several times in one attempt.</summary>
public record RepeatableStepInput : StepInput
{
    /// <summary>Which occurrence: unique within the settlement, the same in every technical repeat.</summary>
    public required string Occurrence { get; init; }
}
