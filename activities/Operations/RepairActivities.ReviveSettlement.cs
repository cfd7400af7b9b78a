using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Failures;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Settlement.Activities.Operations;

/// <summary>
/// Gives an open settlement whose workflow was terminated its workflow back: it is reset to its last completed task, so that it knows what it
/// knew, and every step that it repeats finds its first answer in the books. Then the orphan's case is closed and its flag lowered.
/// </summary>
public sealed partial class RepairActivities
{
    private static readonly StepName Action = new("revive");

    /// <inheritdoc/>
    [Activity("ReviveSettlement")]
    public async Task<OperationReply> ReviveSettlementAsync(ReviveAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var actor = await gate.AdmitAsync(OperationNames.ReviveSettlement, action, asOf);
        var (reference, message) = await Refusals.GuardAsync(async () =>
        {
            var row = await RowAsync(action.SettlementId);
            var said = await ResetAsync(row, action);
            return (row.Reference, await RecordAsync(action, actor, said, asOf));
        });
        return new OperationReply { Target = $"settlement:{reference}", Message = message, SettlementId = action.SettlementId, Reference = reference };
    }

    private async Task<SettlementTransaction> RowAsync(Guid settlementId)
    {
        await using var context = SettlementDatabase.CreateContext(dataSource);
        var row = await context.Settlements.SingleOrDefaultAsync(one => one.SettlementId == settlementId, Actions.Cancellation)
            ?? throw new SettlementException(SettlementFailure.UnknownSettlement, "There is no such settlement.");
        return row.Status.IsTerminal()
            ? throw new SettlementException(SettlementFailure.InvalidTransition, $"It is {UpperSnake.Of(row.Status)}, which is final: there is nothing to revive.")
            : row;
    }

    /// <summary>A workflow that is open is left alone: it never needed this, or an earlier try of this activity has reset it.</summary>
    private async Task<string> ResetAsync(SettlementTransaction row, ReviveAction action)
    {
        var workflowId = SettlementReference.WorkflowId(row.Reference);
        var workflow = await WorkflowState.FindAsync(temporal, workflowId, Actions.Cancellation)
            ?? throw new SettlementException(SettlementFailure.InvalidTransition, row.Status == SettlementStatus.Pending
                ? "It has no workflow yet: the sweeper starts it within seconds."
                : "Temporal has no workflow of it any more, so there is nothing to reset.");
        if (workflow.IsOpen)
            return "Its workflow is open.";
        await temporal.Connection.WorkflowService.ResetWorkflowExecutionAsync(
            new ResetWorkflowExecutionRequest
            {
                Namespace = temporal.Options.Namespace,
                WorkflowExecution = new Temporalio.Api.Common.V1.WorkflowExecution { WorkflowId = workflowId, RunId = workflow.RunId },
                Reason = $"revived by {action.Operator}: {action.Reason}",
                WorkflowTaskFinishEventId = await LastTaskAsync(workflowId, workflow.RunId),
                RequestId = RequestIdOf(action, workflow.RunId),
            },
            new RpcOptions { CancellationToken = Actions.Cancellation });
        return "Its workflow goes on from its last task.";
    }

    private async Task<long> LastTaskAsync(string workflowId, string runId)
    {
        var options = new WorkflowHistoryEventFetchOptions { Rpc = new RpcOptions { CancellationToken = Actions.Cancellation } };
        long? last = null;
        await foreach (var one in temporal.GetWorkflowHandle(workflowId, runId).FetchHistoryEventsAsync(options))
        {
            if (one.EventType == EventType.WorkflowTaskCompleted)
                last = one.EventId;
        }

        return last ?? throw new SettlementException(SettlementFailure.InvalidTransition, "Its workflow was ended before its first task: there is nothing to reset it to.");
    }

    private async Task<string> RecordAsync(ReviveAction action, Actor actor, string message, DateTimeOffset asOf)
    {
        var step = StepNames.Of(Action, "operator", $"{action.Operator}/{action.RequestId}");
        var result = await steps.RunActionAsync(action.SettlementId, step, asOf, async context =>
        {
            context.Audit("settlement_revived", actor, action.Reason, requestId: action.RequestId);
            context.Publish("settlement.revived", Json.Of(new { context.Settlement.Reference, Actor = actor.Name }));
            context.Cases.Resolve(AttentionReason.Orphaned, action.Reason, actor);
            await context.LowerFlagAsync(AttentionReason.Orphaned, actor);
            return message;
        }, Actions.Cancellation);
        return result.Value;
    }

    private static string RequestIdOf(ReviveAction action, string runId) => new Guid(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{action.Operator}\n{action.RequestId}\n{runId}")).AsSpan(0, 16), bigEndian: true).ToString("D");
}
