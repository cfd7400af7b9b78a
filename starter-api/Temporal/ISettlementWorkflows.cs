using Settlement.Workflows.Contracts;

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
