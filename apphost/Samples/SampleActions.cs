using System.Text.Json.Nodes;
using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.AppHost.Samples;

/// <summary>Does what a sample's operators do.</summary>
internal sealed class SampleActions(SampleRunOptions options, SampleApi api, SampleBankDesk bank, ISampleOperator? commandLine)
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
        var user = action.Do is SampleActionKind.Approve or SampleActionKind.Reject ? options.Approver : options.Operator;
        var (_, problem) = await api.PerformAsync(user, id, UpperSnake.Lower(action.Do).Replace('_', '-'), body, cancellationToken);
        return problem?.ToString();
    }

    private async Task<string?> ByWorkflowAsync(SampleAction action, Guid id, string reference, CancellationToken cancellationToken)
    {
        if (commandLine is null)
            throw new InvalidOperationException("The run has no connection to Temporal, and the sample acts through a workflow update.");
        var ticketed = action.Do is SampleActionKind.Resolve or SampleActionKind.Approve or SampleActionKind.Reject;
        var ticket = ticketed ? await TicketAsync(action, id, cancellationToken) : null;
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
        return await commandLine.SendAsync(reference, update, options.Operator.Name, action, ticket, cancellationToken);
    }

    private async Task<string> TicketAsync(SampleAction action, Guid id, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["action"] = UpperSnake.Lower(action.Do), ["reason"] = action.Reason };
        if (action.Outcome is not null)
            body["outcome"] = action.Outcome;
        var (answer, problem) = await api.PerformAsync(options.Approver, id, "tickets", body, cancellationToken);
        return answer?.GetProperty("ticket").GetString()
            ?? throw new InvalidOperationException($"The approver got no ticket: {problem}");
    }
}
