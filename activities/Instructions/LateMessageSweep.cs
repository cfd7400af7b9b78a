using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Activities.Returns;
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
public sealed class LateMessageSweep(NpgsqlDataSource dataSource, StepRunner steps, BankActivities absorb, IncomingReturns returns)
{
    private const int BatchSize = 100;

    private static readonly StepName Action = new("message");

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
            if (SaysReturned(message) && instruction is { Kind: InstructionKind.Payment, State: InstructionState.Confirmed })
                await TakeReturnAsync(message, instruction, asOf, cancellationToken);
            else if (Misfit(message, instruction) is { } misfit)
                await AbsorbAsync(message, instruction, misfit, asOf);
            else
                await MarkAsync(message, instruction, MessageDisposition.Redundant, asOf, cancellationToken);
        }

        return waiting.Count;
    }

    private async Task<List<(StoredMessage Message, BankInstruction Instruction)>> FindAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = SettlementDatabase.CreateContext(dataSource);
        var rows = await (
            from message in context.BankMessages
            where message.Disposition == MessageDisposition.Received && message.RecordedAt < before
            join instruction in context.BankInstructions on message.SettlementId equals instruction.SettlementId
            where instruction.Uetr == message.Uetr || (instruction.Kind == InstructionKind.Return && instruction.OriginalUetr == message.Uetr)
            join settlement in context.Settlements on instruction.SettlementId equals settlement.SettlementId
            where settlement.Status == SettlementStatus.Settled || settlement.Status == SettlementStatus.Failed || settlement.Status == SettlementStatus.Cancelled
            orderby message.RecordedAt, instruction.Attempt
            select new { message, instruction }).Take(BatchSize).ToListAsync(cancellationToken);
        // A return that was tried twice has two instructions about the same UETR: the last one counts.
        return [.. rows.GroupBy(row => (row.message.BankId, row.message.MessageId, row.message.Uetr)).Select(group => (group.Last().message, group.Last().instruction))];
    }

    /// <summary>Money that came back for a settled payment becomes a return, a settlement of its own; if it cannot, people see it.</summary>
    private async Task TakeReturnAsync(StoredMessage message, BankInstruction instruction, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (await returns.BeginAsync(message, instruction, asOf, cancellationToken))
            await MarkAsync(message, instruction, MessageDisposition.Applied, asOf, cancellationToken);
        else
            await AbsorbAsync(message, instruction, AttentionReason.MessageMismatch, asOf);
    }

    private static AttentionReason? Misfit(StoredMessage message, BankInstruction instruction)
    {
        var known = instruction.State == InstructionState.Confirmed;
        // A return that is confirmed agrees with every word of money coming back; one that has failed does not.
        if (instruction.Kind == InstructionKind.Return)
            return SaysReturned(message) && !known ? AttentionReason.MessageMismatch : null;
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

    // ISO 20022: pacs.004, and camt.029 CNCL for what was executed.
    private static bool SaysReturned(StoredMessage message) =>
        message.Type.StartsWith("pacs.004", StringComparison.Ordinal) || (message.Type.StartsWith("camt.029", StringComparison.Ordinal) && message.Status == "CNCL");

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

    private Task<StepResult<bool>> MarkAsync(
        StoredMessage message, BankInstruction instruction, MessageDisposition disposition, DateTimeOffset asOf, CancellationToken cancellationToken) =>
        steps.RunActionAsync(
            instruction.SettlementId,
            StepNames.Of(Action, UpperSnake.Lower(disposition), $"{message.MessageId}/{message.Uetr:D}"),
            asOf,
            step =>
            {
                step.Instructions.SetDisposition(message.BankId, message.MessageId, Uetr.From(message.Uetr), disposition);
                return Task.FromResult(true);
            },
            cancellationToken);
}
