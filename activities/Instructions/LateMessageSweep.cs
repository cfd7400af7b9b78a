using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using StoredMessage = Settlement.Database.BankMessage;

namespace Settlement.Activities.Instructions;

/// <summary>
/// Bank messages that came when their settlement's workflow had ended already, so that no signal could reach it. Nothing is
/// dropped: what repeats the known outcome is marked redundant, what contradicts it opens a case, and an execution after
/// release also stands in suspense. Run at intervals by the worker; safe from several at once.
/// </summary>
public sealed class LateMessageSweep(NpgsqlDataSource dataSource, StepRunner steps, AbsorbBankMessageActivity absorb)
{
    private const int BatchSize = 100;

    private static readonly StepName Act = new("message");

    /// <summary>Takes in up to 100 messages.</summary>
    /// <param name="asOf">Business time.</param>
    /// <param name="settledBefore">Only messages recorded before this instant of the machine's clock: younger ones may still be under way as signals.</param>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <returns>How many were taken in.</returns>
    public async Task<int> RunAsync(DateTimeOffset asOf, DateTimeOffset settledBefore, CancellationToken cancellationToken)
    {
        var waiting = await FindAsync(settledBefore, cancellationToken);
        foreach (var (message, instruction) in waiting)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Misfit(message, instruction) is { } misfit)
                await AbsorbAsync(message, instruction, misfit, asOf);
            else
                await MarkRedundantAsync(message, instruction, asOf, cancellationToken);
        }

        return waiting.Count;
    }

    private async Task<List<(StoredMessage Message, BankInstruction Instruction)>> FindAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = SettlementDatabase.CreateContext(dataSource);
        var rows = await (
            from message in context.BankMessages
            where message.Disposition == MessageDisposition.Received && message.RecordedAt < before
            join instruction in context.BankInstructions on message.Uetr equals instruction.Uetr
            join settlement in context.Settlements on instruction.SettlementId equals settlement.SettlementId
            where settlement.Status == SettlementStatus.Settled || settlement.Status == SettlementStatus.Failed || settlement.Status == SettlementStatus.Cancelled
            orderby message.RecordedAt
            select new { message, instruction }).Take(BatchSize).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.message, row.instruction))];
    }

    private static AttentionReason? Misfit(StoredMessage message, BankInstruction instruction)
    {
        var known = instruction.State == InstructionState.Confirmed;
        return (SaysMoved(message), known) switch
        {
            (true, false) => AttentionReason.LateConfirmation,
            (false, true) when SaysNotMoved(message) => AttentionReason.MessageMismatch,
            _ => null,
        };
    }

    // ISO 20022: pacs.002 ACSC and ACCC, camt.054.
    private static bool SaysMoved(StoredMessage message) =>
        message.Type.StartsWith("camt.054", StringComparison.Ordinal) || message.Status is "ACSC" or "ACCC";

    // ISO 20022: pacs.002 RJCT and CANC, camt.029 CNCL, pacs.004.
    private static bool SaysNotMoved(StoredMessage message) =>
        message.Type.StartsWith("pacs.004", StringComparison.Ordinal) || message.Status is "RJCT" or "CANC" or "CNCL";

    private Task AbsorbAsync(StoredMessage message, BankInstruction instruction, AttentionReason reason, DateTimeOffset asOf) =>
        absorb.AbsorbAsync(new AbsorbInput
        {
            SettlementId = instruction.SettlementId,
            Attempt = instruction.Attempt,
            AsOf = asOf,
            Reason = reason,
            Detail = $"{message.Type} {message.Status} came after the settlement had ended",
            Message = new Workflows.Contracts.BankMessage
            {
                MessageId = message.MessageId,
                Uetr = Uetr.From(message.Uetr).ToString(),
                Status = reason == AttentionReason.LateConfirmation ? BankMessageStatus.Settled : BankMessageStatus.Rejected,
                AmountMinor = message.AmountMinor,
                Currency = message.Currency,
            },
        });

    private Task<StepResult<bool>> MarkRedundantAsync(StoredMessage message, BankInstruction instruction, DateTimeOffset asOf, CancellationToken cancellationToken) =>
        steps.RunActAsync(
            instruction.SettlementId,
            StepNames.Of(Act, "redundant", $"{message.MessageId}/{message.Uetr:D}"),
            asOf,
            step =>
            {
                step.Instructions.SetDisposition(message.BankId, message.MessageId, Uetr.From(message.Uetr), MessageDisposition.Redundant);
                return Task.FromResult(true);
            },
            cancellationToken);
}
