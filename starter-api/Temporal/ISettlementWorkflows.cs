namespace Settlement.StarterApi.Temporal;

/// <summary>All that the API asks of Temporal. A seam for tests and the only place that knows the client.</summary>
public interface ISettlementWorkflows
{
    /// <summary>Starts the workflow of a stored row; one that runs or has run already counts as started.</summary>
    Task StartAsync(SettlementRequest request, CancellationToken cancel);

    /// <summary>Sends an operator's update and waits for its answer; a refusal is an outcome and not an exception.</summary>
    Task<ActionOutcome> PerformAsync(string reference, string update, OperatorAction action, CancellationToken cancel);

    /// <summary>Runs an action that is not about one open settlement, as a short workflow; a repeat of its request id finds the first.</summary>
    Task<OperationOutcome> OperateAsync(string operation, OperatorAction action, CancellationToken cancel);

    /// <summary>Lets open settlements be told of a change.</summary>
    Task NotifyAsync(NotifyInput input, CancellationToken cancel);

    /// <summary>Hands a bank's message to the workflow.</summary>
    Task<DeliveryOutcome> DeliverAsync(string reference, BankMessage message, CancellationToken cancel);

    /// <summary>Throws when the server does not answer.</summary>
    Task CheckAsync(CancellationToken cancel);
}

/// <summary>What became of an operator's update.</summary>
/// <param name="Kind">Which of the four.</param>
/// <param name="Reply">The workflow's answer, when <see cref="ActionOutcomeKind.Done"/>.</param>
/// <param name="Reason">The workflow's own words, when <see cref="ActionOutcomeKind.Refused"/>.</param>
/// <param name="FailureType">The stable failure type that came with a refusal, when there is one.</param>
public sealed record ActionOutcome(ActionOutcomeKind Kind, OperatorReply? Reply = null, string? Reason = null, string? FailureType = null);

/// <summary>The ends an operator's update can come to.</summary>
public enum ActionOutcomeKind
{
    /// <summary>Carried out; the reply says what happens next.</summary>
    Done,

    /// <summary>The validator or the handler said no.</summary>
    Refused,

    /// <summary>No open workflow: ended, or not started yet.</summary>
    NotOpen,

    /// <summary>Accepted or not, the answer did not come in time; sending the same request id again is safe.</summary>
    Unanswered,
}

/// <summary>What became of an action that is not about one open settlement.</summary>
/// <param name="Kind">Done, refused or unanswered.</param>
/// <param name="Reply">The workflow's answer, when <see cref="ActionOutcomeKind.Done"/>.</param>
/// <param name="Reason">The refusal's words.</param>
/// <param name="FailureType">The stable failure type of a refusal.</param>
public sealed record OperationOutcome(ActionOutcomeKind Kind, OperationReply? Reply = null, string? Reason = null, string? FailureType = null);

/// <summary>What became of a signal.</summary>
public enum DeliveryOutcome
{
    /// <summary>In the workflow's history.</summary>
    Delivered,

    /// <summary>No open workflow takes it: ended, or not started yet.</summary>
    NotOpen,
}
