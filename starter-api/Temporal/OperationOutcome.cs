using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Temporal;

/// <summary>What became of an action that is not about one open settlement.</summary>
/// <param name="Kind">Done, refused or unanswered.</param>
/// <param name="Reply">The workflow's answer, when <see cref="ActionOutcomeKind.Done"/>.</param>
/// <param name="Reason">The refusal's words.</param>
/// <param name="FailureType">The stable failure type of a refusal.</param>
public sealed record OperationOutcome(ActionOutcomeKind Kind, OperationReply? Reply = null, string? Reason = null, string? FailureType = null);
