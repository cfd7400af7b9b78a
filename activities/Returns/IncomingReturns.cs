using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Database;
using Settlement.Domain;
using StoredMessage = Settlement.Database.BankMessage;

namespace Settlement.Activities.Returns;

/// <summary>
/// Money that a bank sent back unasked (pacs.004). It becomes a PENDING return of the settled payment, which the sweeper starts like every other
/// settlement; nobody has to approve what has happened.
/// </summary>
public sealed class IncomingReturns(NpgsqlDataSource dataSource)
{
    /// <summary>Begins the return, once per payment.</summary>
    /// <returns>False if it is not the whole amount, or the payment is not settled, or has come back already in another way.</returns>
    public async Task<bool> BeginAsync(StoredMessage message, BankInstruction instruction, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(instruction);
        var whole = message.AmountMinor is null || (message.AmountMinor == instruction.AmountMinor && message.Currency == instruction.Currency);
        if (!whole)
            return false;
        var original = await OriginalAsync(instruction.SettlementId, cancellationToken);
        if (original.Settlement.Status != SettlementStatus.Settled)
            return false;
        if (original.Return is { } known)
            // A repeat after a crash finds its own return.
            return ReturnTerms.Of(known)?.MessageId == message.MessageId;
        var terms = ReturnTerms.Of(original.Settlement, instruction.Uetr!.Value, message.MessageId, new Actor(message.BankId, ActorSource.Bank), asOf);
        try
        {
            await SettlementCreator.InsertAsync(dataSource, terms, cancellationToken);
            return true;
        }
        catch (SettlementException refused) when (refused.Failure == SettlementFailure.DuplicateReference)
        {
            return false;
        }
    }

    private async Task<(SettlementTransaction Settlement, SettlementTransaction? Return)> OriginalAsync(Guid settlementId, CancellationToken cancellationToken)
    {
        await using var context = SettlementDatabase.CreateContext(dataSource);
        var settlement = await context.Settlements.SingleAsync(row => row.SettlementId == settlementId, cancellationToken);
        var known = await context.Settlements
            .Where(row => row.ReturnsSettlementId == settlementId && row.Status != SettlementStatus.Failed && row.Status != SettlementStatus.Cancelled)
            .SingleOrDefaultAsync(cancellationToken);
        return (settlement, known);
    }
}
