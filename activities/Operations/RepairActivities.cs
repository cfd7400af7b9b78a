using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Activities.Failures;
using Settlement.Activities.Operators;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Activities.Operations;

/// <inheritdoc cref="IRepairActivities"/>
public sealed partial class RepairActivities(
    ActionGate gate, NpgsqlDataSource dataSource, RecordedActions recordedActions, ITemporalClient temporal, StepRunner steps)
    : IRepairActivities
{
    /// <inheritdoc/>
    [Activity("RestoreSettlement")]
    public async Task<OperationReply> RestoreSettlementAsync(RestoreAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.RestoreSettlement, action, asOf);
        var reference = await Refusals.GuardAsync(async () =>
        {
            await using var context = SettlementDatabase.CreateContext(dataSource);
            var found = await context.Settlements.Where(row => row.SettlementId == action.SettlementId).Select(row => row.Reference).SingleOrDefaultAsync(Actions.Cancellation)
                ?? throw new SettlementException(SettlementFailure.UnknownSettlement, "There is no such settlement.");
            return await recordedActions.RunAsync(recorded, (connection, cancel) => RestoreAsync(connection, action.SettlementId, found, recorded, cancel), Actions.Cancellation);
        });
        return new OperationReply
        {
            Target = $"settlement:{reference}",
            Message = $"{reference} is restored: history, steps, compensations, locks, cases, events and audit rows are back.",
            SettlementId = action.SettlementId,
            Reference = reference,
        };
    }

    private static async Task<string> RestoreAsync(NpgsqlConnection connection, Guid settlementId, string reference, RecordedAction recorded, CancellationToken cancel)
    {
        try
        {
            return await SettlementArchive.RestoreAsync(connection, settlementId, recorded.Actor, recorded.Reason, recorded.AsOf, cancel)
                ? reference
                : throw new SettlementException(SettlementFailure.InvalidTransition, $"{reference} is not archived: its records are where they always were.");
        }
        catch (PostgresException altered) when (altered.SqlState == SqlStates.ArchiveAltered)
        {
            // Trying again cannot mend it, and nothing was restored: a person must know at once.
            throw new ApplicationFailureException($"The archive is not whole: {altered.MessageText}.", altered, "ArchiveAltered", nonRetryable: true);
        }
    }
}
