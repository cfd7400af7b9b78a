using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Activities.Failures;
using Settlement.Activities.Jobs;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Activities.Operations;

/// <summary>
/// Ends an open workflow that has no open settlement. What it was is written to audit before it is terminated. One that has instructed a bank
/// while the books know nothing of it is left open: then it is the books that are not whole, and it is the only witness.
/// </summary>
public sealed partial class RepairActivities
{
    private const string Prefix = "settlement-";

    /// <inheritdoc/>
    [Activity("EndOrphan")]
    public async Task<OperationReply> EndOrphanAsync(EndOrphanAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.EndOrphan, action, asOf);
        var runId = await Refusals.GuardAsync(() => recordedActions.RunAsync(recorded, (connection, cancel) => DecideAsync(connection, action.WorkflowId, recorded, cancel), Actions.Cancellation));
        try
        {
            await temporal.GetWorkflowHandle(action.WorkflowId, runId).TerminateAsync(
                $"orphan ended by {action.Operator}: {action.Reason}", new WorkflowTerminateOptions { Rpc = new RpcOptions { CancellationToken = Actions.Cancellation } });
        }
        catch (RpcException ended) when (ended.Code == RpcException.StatusCode.NotFound)
        {
            // An earlier try of this activity has terminated it.
        }

        return new OperationReply { Target = $"workflow:{action.WorkflowId}", Message = $"The workflow {action.WorkflowId} is terminated; what it was is in the audit log." };
    }

    /// <returns>The run that may be terminated.</returns>
    private async Task<string> DecideAsync(NpgsqlConnection connection, string workflowId, RecordedAction recorded, CancellationToken cancel)
    {
        var workflow = await WorkflowState.FindAsync(temporal, workflowId, cancel);
        if (workflow is not { IsOpen: true, Type: SettlementNames.Workflow })
            throw Refusal($"There is no open workflow of a settlement with the id {workflowId}.");
        var row = await RowAsync(workflowId, cancel);
        if (row is { } open && !open.Status.IsTerminal())
            throw Refusal($"It is no orphan: its settlement is in {UpperSnake.Of(open.Status)}. To end a settlement use Cancel.");
        if (row is { } closing && closing.Since > recorded.AsOf - OrphansJob.Grace)
            throw Refusal($"Its settlement has ended at {closing.Since:u}; give the workflow {OrphansJob.Grace.TotalMinutes} minutes to close by itself.");
        var instructed = await HasInstructedAsync(workflowId, workflow.RunId, cancel);
        if (row is null && instructed)
            throw Refusal("It has instructed a bank, and the books have no settlement of it: the books are not whole. Keep it, and restore them.");
        await AuditWriter.AppendAsync(connection, new AuditRecord($"workflow:{workflowId}", "orphan_ended", recorded.Actor, recorded.Reason, recorded.AsOf)
        {
            RequestId = recorded.RequestId,
            BeforeJson = Json.Of(new { workflow.RunId, workflow.Started, Settlement = row is { } ended ? UpperSnake.Of(ended.Status) : null, Instructed = instructed }),
        }, cancel);
        return workflow.RunId;
    }

    private async Task<(SettlementStatus Status, DateTimeOffset Since)?> RowAsync(string workflowId, CancellationToken cancel)
    {
        var reference = workflowId.StartsWith(Prefix, StringComparison.Ordinal) ? workflowId[Prefix.Length..] : workflowId;
        await using var context = SettlementDatabase.CreateContext(dataSource);
        var rows = await context.Settlements.Where(row => row.Reference == reference).Select(row => new { row.Status, row.StatusSince }).ToListAsync(cancel);
        return rows is [var one] ? (one.Status, one.StatusSince) : null;
    }

    private async Task<bool> HasInstructedAsync(string workflowId, string runId, CancellationToken cancel)
    {
        var options = new WorkflowHistoryEventFetchOptions { Rpc = new RpcOptions { CancellationToken = cancel } };
        await foreach (var one in temporal.GetWorkflowHandle(workflowId, runId).FetchHistoryEventsAsync(options))
        {
            if (one.EventType == EventType.ActivityTaskScheduled && one.ActivityTaskScheduledEventAttributes.ActivityType.Name is "Transfer" or "RequestReturn")
                return true;
        }

        return false;
    }

    private static SettlementException Refusal(string why) => new(SettlementFailure.InvalidTransition, why);
}
