using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>Why a person is needed, or that nobody is any more.</summary>
public sealed record AttentionInput : RepeatableStepInput
{
    /// <summary>Why; null clears the flag and closes the open cases of this settlement.</summary>
    public AttentionReason? Reason { get; init; }

    /// <summary><c>info</c>, <c>warning</c> or <c>critical</c>.</summary>
    public string Severity { get; init; } = "warning";

    /// <summary>In words, without personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>Who cleared it.</summary>
    public string? Actor { get; init; }
}
