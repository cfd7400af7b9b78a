using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.StarterApi.Temporal;

/// <summary>The seam over the Temporal client. Every action leaves the API here, and only here it is signed.</summary>
public sealed class TemporalSettlementWorkflows(ITemporalClient client, ActionKeys keys, IOptions<TemporalOptions> temporal, IOptions<ApiOptions> api)
    : ISettlementWorkflows
{
    /// <inheritdoc />
    public async Task StartAsync(SettlementRequest request, CancellationToken cancel)
    {
        using var limit = Limit(temporal.Value.StartTimeoutSeconds, cancel);
        try
        {
            await client.StartSettlementAsync(request, limit.Token);
        }
        catch (WorkflowAlreadyStartedException)
        {
            // The id is made from the reference of this very row: whoever started it, the sweeper say, started this settlement.
        }
    }

    /// <inheritdoc />
    public async Task<ActionOutcome> PerformAsync(string reference, string update, OperatorAction action, CancellationToken cancel)
    {
        using var limit = Limit(api.Value.UpdateTimeoutSeconds, cancel);
        try
        {
            var workflowId = SettlementReference.WorkflowId(reference);
            var reply = await client.GetWorkflowHandle(workflowId).ExecuteUpdateAsync<OperatorReply>(
                update,
                [keys.Sign(update, workflowId, action)],
                new WorkflowUpdateOptions { Id = action.RequestId, Rpc = new RpcOptions { CancellationToken = limit.Token } });
            return new ActionOutcome(ActionOutcomeKind.Done, reply);
        }
        catch (WorkflowUpdateFailedException refused)
        {
            var reason = refused.InnerException as ApplicationFailureException;
            return new ActionOutcome(ActionOutcomeKind.Refused, Reason: reason?.Message ?? refused.InnerException?.Message, FailureType: reason?.ErrorType);
        }
        catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
        {
            return new ActionOutcome(ActionOutcomeKind.NotOpen);
        }
        catch (WorkflowUpdateRpcTimeoutOrCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ActionOutcome(ActionOutcomeKind.Unanswered);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ActionOutcome(ActionOutcomeKind.Unanswered);
        }
    }

    /// <inheritdoc />
    public async Task<OperationOutcome> OperateAsync(string operation, OperatorAction action, CancellationToken cancel)
    {
        using var limit = Limit(api.Value.UpdateTimeoutSeconds, cancel);
        var options = new WorkflowOptions(OperationNames.WorkflowId(operation, action.Operator, action.RequestId), SettlementNames.TaskQueue)
        {
            // The same action under the same id is not run again; its answer is read.
            IdReusePolicy = Temporalio.Api.Enums.V1.WorkflowIdReusePolicy.RejectDuplicate,
            StaticSummary = $"{operation} by {action.Operator}",
            Rpc = new RpcOptions { CancellationToken = limit.Token },
        };
        try
        {
            await StartOnceAsync(operation, keys.Sign(operation, "", action), options);
            var reply = await client.GetWorkflowHandle(options.Id!).GetResultAsync<OperationReply>(
                rpcOptions: new RpcOptions { CancellationToken = limit.Token });
            return new OperationOutcome(ActionOutcomeKind.Done, reply);
        }
        catch (WorkflowFailedException failed) when (failed.InnerException is ApplicationFailureException reason)
        {
            return new OperationOutcome(ActionOutcomeKind.Refused, Reason: reason.Message, FailureType: reason.ErrorType);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new OperationOutcome(ActionOutcomeKind.Unanswered);
        }
    }

    /// <inheritdoc />
    public async Task NotifyAsync(NotifyInput input, CancellationToken cancel)
    {
        using var limit = Limit(temporal.Value.StartTimeoutSeconds, cancel);
        await client.StartWorkflowAsync(OperationNames.NotifyOpenSettlements, [input], new WorkflowOptions($"notify-{Guid.NewGuid():N}", SettlementNames.TaskQueue)
        {
            Rpc = new RpcOptions { CancellationToken = limit.Token },
        });
    }

    /// <inheritdoc />
    public async Task<DeliveryOutcome> DeliverAsync(string reference, BankMessage message, CancellationToken cancel)
    {
        using var limit = Limit(temporal.Value.StartTimeoutSeconds, cancel);
        try
        {
            await client.GetWorkflowHandle(SettlementReference.WorkflowId(reference)).SignalAsync(
                SettlementNames.BankMessageSignal,
                [message],
                new WorkflowSignalOptions { Rpc = new RpcOptions { CancellationToken = limit.Token } });
            return DeliveryOutcome.Delivered;
        }
        catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
        {
            return DeliveryOutcome.NotOpen;
        }
    }

    /// <inheritdoc />
    public Task CheckAsync(CancellationToken cancel) =>
        client.Connection.WorkflowService.DescribeNamespaceAsync(
            new DescribeNamespaceRequest { Namespace = client.Options.Namespace },
            new RpcOptions { CancellationToken = cancel });

    private async Task StartOnceAsync(string operation, OperatorAction action, WorkflowOptions options)
    {
        try
        {
            await client.StartWorkflowAsync(operation, [action], options);
        }
        catch (WorkflowAlreadyStartedException)
        {
            // A repeat: whoever sent it waits for the first one's answer.
        }
    }

    private static CancellationTokenSource Limit(int seconds, CancellationToken cancel)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        return limit;
    }
}
