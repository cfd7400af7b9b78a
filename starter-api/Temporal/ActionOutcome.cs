using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Temporal;

/// <summary>What became of an operator's update.</summary>
/// <param name="Kind">Which of the four.</param>
/// <param name="Reply">The workflow's answer, when <see cref="ActionOutcomeKind.Done"/>.</param>
/// <param name="Reason">The workflow's own words, when <see cref="ActionOutcomeKind.Refused"/>.</param>
/// <param name="FailureType">The stable failure type that came with a refusal, when there is one.</param>
public sealed record ActionOutcome(ActionOutcomeKind Kind, OperatorReply? Reply = null, string? Reason = null, string? FailureType = null);
