using System.Text.Json.Nodes;
using Settlement.AppHost.Launch;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.AppHost.Samples;

/// <summary>Does what a sample's operators do: through the API, or by a workflow update with a plain client, as the <c>temporal</c> command line sends it.</summary>
internal sealed class SampleOperators(SampleApi api, SampleBankDesk bank, ITemporalClient temporal)
{
    /// <summary>Does one thing; null if it was taken, else the reason of the refusal.</summary>
    public async Task<string?> DoAsync(
        SampleAction action, Guid id, string reference, string creditorAccount, CancellationToken cancellationToken)
    {
        switch (action.Do)
        {
            case SampleActionKind.Watch:
                return null;
            case SampleActionKind.ScriptBank:
                await bank.ScriptAsync(creditorAccount, action.Bank!, cancellationToken);
                return null;
            case SampleActionKind.DecideAtBank:
                await bank.DecideAsync(creditorAccount, action.Decision!, action.ReasonCode, cancellationToken);
                return null;
            default:
                return action.By == SampleChannel.Workflow
                    ? await ByWorkflowAsync(action, id, reference, cancellationToken)
                    : await ByApiAsync(action, id, cancellationToken);
        }
    }

    private async Task<string?> ByApiAsync(SampleAction action, Guid id, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["reason"] = action.Reason };
        if (action.Do == SampleActionKind.Resolve)
        {
            body["outcome"] = action.Outcome;
            body["evidence"] = action.Evidence;
            body["ticket"] = await TicketAsync(action, id, cancellationToken);
        }

        // The API issues the ticket of an approval to the signed-in approver itself.
        var user = action.Do is SampleActionKind.Approve or SampleActionKind.Reject ? DemoUsers.Approver : DemoUsers.Operator;
        var answer = await api.PerformAsync(user, id, UpperSnake.Lower(action.Do).Replace('_', '-'), body, cancellationToken);
        return answer.Taken ? null : answer.ToString();
    }

    private async Task<string?> ByWorkflowAsync(SampleAction action, Guid id, string reference, CancellationToken cancellationToken)
    {
        var ticketed = action.Do is SampleActionKind.Resolve or SampleActionKind.Approve or SampleActionKind.Reject;
        var input = Input(action, ticketed ? await TicketAsync(action, id, cancellationToken) : null);
        var update = action.Do switch
        {
            SampleActionKind.Retry => SettlementNames.RetryUpdate,
            SampleActionKind.Cancel => SettlementNames.CancelUpdate,
            SampleActionKind.Approve => SettlementNames.ApproveUpdate,
            SampleActionKind.Reject => SettlementNames.RejectUpdate,
            SampleActionKind.Resolve => SettlementNames.ResolveUpdate,
            SampleActionKind.RetryCompensation => SettlementNames.RetryCompensationUpdate,
            _ => throw new InvalidOperationException($"{action.Do} is no workflow update."),
        };
        try
        {
            await temporal.GetWorkflowHandle(SettlementReference.WorkflowId(reference)).ExecuteUpdateAsync<OperatorReply>(
                update, [input], new WorkflowUpdateOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
            return null;
        }
        catch (WorkflowUpdateFailedException refused)
        {
            return refused.InnerException?.Message ?? refused.Message;
        }
    }

    private async Task<string> TicketAsync(SampleAction action, Guid id, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["action"] = UpperSnake.Lower(action.Do), ["reason"] = action.Reason };
        if (action.Outcome is not null)
            body["outcome"] = action.Outcome;
        var answer = await api.PerformAsync(DemoUsers.Approver, id, "tickets", body, cancellationToken);
        return answer.Taken ? answer.Member("ticket") : throw new InvalidOperationException($"The approver got no ticket: {answer}");
    }

    private static OperatorAction Input(SampleAction action, string? ticket)
    {
        var requestId = Guid.CreateVersion7().ToString("N");
        if (ticket is null)
            return new OperatorAction { Operator = DemoUsers.Operator, Reason = action.Reason, RequestId = requestId };
        return action.Do == SampleActionKind.Resolve
            ? new ResolveAction
            {
                Operator = DemoUsers.Operator,
                Reason = action.Reason,
                RequestId = requestId,
                Ticket = ticket,
                Outcome = action.Outcome!,
                Evidence = action.Evidence!,
            }
            : new TicketedAction { Operator = DemoUsers.Operator, Reason = action.Reason, RequestId = requestId, Ticket = ticket };
    }
}
