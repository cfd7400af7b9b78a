using Settlement.Workflows.Contracts;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.AppHost.Samples;

/// <summary>Sends workflow updates with a plain client and untyped names, as the <c>temporal</c> command line does.</summary>
public sealed class WorkflowOperator(ITemporalClient client) : ISampleOperator
{
    public async Task<string?> SendAsync(
        string reference, string update, string operatorName, SampleAction action, string? ticket, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var input = Input(operatorName, action, ticket);
        var handle = client.GetWorkflowHandle($"settlement-{reference}");
        try
        {
            await handle.ExecuteUpdateAsync<OperatorReply>(
                update, [input], new WorkflowUpdateOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
            return null;
        }
        catch (WorkflowUpdateFailedException refused)
        {
            return refused.InnerException?.Message ?? refused.Message;
        }
    }

    private static OperatorAction Input(string operatorName, SampleAction action, string? ticket)
    {
        var requestId = Guid.CreateVersion7().ToString("N");
        if (ticket is null)
            return new OperatorAction { Operator = operatorName, Reason = action.Reason, RequestId = requestId };
        return action.Do == SampleActionKind.Resolve
            ? new ResolveAction
            {
                Operator = operatorName,
                Reason = action.Reason,
                RequestId = requestId,
                Ticket = ticket,
                Outcome = action.Outcome!,
                Evidence = action.Evidence!,
            }
            : new TicketedAction { Operator = operatorName, Reason = action.Reason, RequestId = requestId, Ticket = ticket };
    }
}
