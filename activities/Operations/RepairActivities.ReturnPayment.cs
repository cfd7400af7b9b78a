using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Activities.Failures;
using Settlement.Activities.Returns;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Settlement.Activities.Operations;

/// <summary>Begins the return of a settled payment. If the worker dies between row and start, the sweeper starts it, as with every settlement.</summary>
public sealed partial class RepairActivities
{
    /// <inheritdoc/>
    [Activity("ReturnPayment")]
    public async Task<OperationReply> ReturnPaymentAsync(ReturnAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.ReturnPayment, action, asOf);
        var made = await Refusals.GuardAsync(async () =>
        {
            var (original, uetr) = await OriginalAsync(action.SettlementId);
            var terms = ReturnTerms.Of(original, uetr, messageId: null, recorded.Actor, asOf);
            return await recordedActions.RunAsync(recorded, async (connection, cancel) =>
            {
                await InsertAsync(connection, terms, cancel);
                await AuditWriter.AppendAsync(connection, Audit(action, recorded.Actor, original, terms, asOf), cancel);
                return new Made(terms.Reference, terms.WorkflowInputJson, original.Reference);
            }, Actions.Cancellation);
        });
        var request = JsonSerializer.Deserialize<SettlementRequest>(made.Input)!;
        try
        {
            await temporal.StartSettlementAsync(request, Actions.Cancellation);
        }
        catch (WorkflowAlreadyStartedException)
        {
            // A repeat of this activity, or the sweeper, was faster.
        }

        return new OperationReply
        {
            Target = $"settlement:{made.Original}",
            Message = $"Return {made.Reference} begins; a second person must approve it.",
            SettlementId = request.SettlementId,
            Reference = made.Reference,
        };
    }

    private static async Task InsertAsync(NpgsqlConnection connection, NewSettlement terms, CancellationToken cancel)
    {
        try
        {
            await SettlementCreator.InsertAsync(connection, terms, cancel);
        }
        catch (SettlementException taken) when (taken.Failure == SettlementFailure.DuplicateReference)
        {
            throw new SettlementException(SettlementFailure.DuplicateReference, "The payment has a return already: a second one needs the first to have failed.", taken);
        }
    }

    /// <summary>Who wants it back, and why: the return's own row says neither.</summary>
    private static AuditRecord Audit(ReturnAction action, Actor actor, SettlementTransaction original, NewSettlement terms, DateTimeOffset asOf) =>
        new($"settlement:{original.Reference}", "return_requested", actor, action.Reason, asOf)
        {
            SettlementId = original.SettlementId,
            EntityId = original.EntityId,
            RequestId = action.RequestId,
            AfterJson = Json.Of(new { Return = terms.Reference, terms.SettlementId }),
        };

    private async Task<(SettlementTransaction Original, Guid Uetr)> OriginalAsync(Guid settlementId)
    {
        await using var context = SettlementDatabase.CreateContext(dataSource);
        var original = await context.Settlements.SingleOrDefaultAsync(row => row.SettlementId == settlementId, Actions.Cancellation)
            ?? throw new SettlementException(SettlementFailure.UnknownSettlement, "There is no such settlement.");
        if (original.Status != SettlementStatus.Settled)
            throw new SettlementException(SettlementFailure.InvalidTransition,
                $"Only a settled payment can be returned: it is in {UpperSnake.Of(original.Status)}.");
        var uetr = await context.BankInstructions
            .Where(row => row.SettlementId == settlementId && row.Kind == InstructionKind.Payment && row.State == InstructionState.Confirmed)
            .Select(row => row.Uetr).SingleOrDefaultAsync(Actions.Cancellation)
            ?? throw new SettlementException(SettlementFailure.InvalidTransition, "It is a return itself, and has no payment of its own.");
        return (original, uetr);
    }

    private sealed record Made(string Reference, string Input, string Original);
}
