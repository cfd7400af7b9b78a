using System.Collections.Concurrent;
using Settlement.StarterApi.Temporal;
using Settlement.Workflows.Contracts;

namespace Settlement.StarterApi.Tests.Support;

/// <summary>Temporal as a test wants it: records what was asked and answers as told.</summary>
internal sealed class FakeSettlementWorkflows : ISettlementWorkflows
{
    public ConcurrentDictionary<Guid, SettlementRequest> Started { get; } = new();

    public ConcurrentQueue<(string Reference, string Update, OperatorAction Action)> Actions { get; } = new();

    public ConcurrentQueue<(string Reference, BankMessage Message)> Messages { get; } = new();

    /// <summary>Thrown by every call while set.</summary>
    public Exception? Outage { get; set; }

    /// <summary>Answers updates; by default they are done.</summary>
    public Func<OperatorAction, ActionOutcome> Answer { get; set; } = _ => Done();

    public DeliveryOutcome Delivery { get; set; } = DeliveryOutcome.Delivered;

    public static ActionOutcome Done() => new(
        ActionOutcomeKind.Done, new OperatorReply { SettlementId = Guid.Empty, Status = "awaiting_retry", RetryCount = 1, Message = "a new attempt begins" });

    public Task StartAsync(SettlementRequest request, CancellationToken cancel)
    {
        ThrowOutage();
        Started[request.SettlementId] = request;
        return Task.CompletedTask;
    }

    public Task<ActionOutcome> PerformAsync(string reference, string update, OperatorAction action, CancellationToken cancel)
    {
        ThrowOutage();
        Actions.Enqueue((reference, update, action));
        return Task.FromResult(Answer(action));
    }

    public ConcurrentQueue<(string Operation, OperatorAction Action)> Operations { get; } = new();

    public ConcurrentQueue<NotifyInput> Told { get; } = new();

    /// <summary>Answers actions outside of settlements; by default they are done.</summary>
    public Func<OperatorAction, OperationOutcome> OperationAnswer { get; set; } = _ => DoneOperation();

    public static OperationOutcome DoneOperation() => new(ActionOutcomeKind.Done, new OperationReply { Target = "case:1", Message = "done" });

    public Task<OperationOutcome> OperateAsync(string operation, OperatorAction action, CancellationToken cancel)
    {
        ThrowOutage();
        Operations.Enqueue((operation, action));
        return Task.FromResult(OperationAnswer(action));
    }

    public Task NotifyAsync(NotifyInput input, CancellationToken cancel)
    {
        ThrowOutage();
        Told.Enqueue(input);
        return Task.CompletedTask;
    }

    public Task<DeliveryOutcome> DeliverAsync(string reference, BankMessage message, CancellationToken cancel)
    {
        ThrowOutage();
        Messages.Enqueue((reference, message));
        return Task.FromResult(Delivery);
    }

    public Task CheckAsync(CancellationToken cancel)
    {
        ThrowOutage();
        return Task.CompletedTask;
    }

    private void ThrowOutage()
    {
        if (Outage is { } outage)
            throw outage;
    }
}
