using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>
/// What a bank says unasked. It may come late, twice and out of order: repeats are told by message id and UETR, a proof
/// counts once, and what does not fit opens a case. Nothing is dropped.
/// </summary>
public sealed partial class SettlementWorkflow
{
    private readonly HashSet<(string MessageId, string Uetr)> seenMessages = [];

    /// <summary>Set when a released instruction turns out to have been executed: this settlement must not pay again.</summary>
    private string? lateConfirmation;

    private bool amountMismatch;

    /// <inheritdoc/>
    [WorkflowSignal(SettlementNames.BankMessageSignal)]
    public async Task BankMessageAsync(BankMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var name = $"bank:{UpperSnake.Lower(message.Status)}";
        if (!seenMessages.Add((message.MessageId, message.Uetr)))
        {
            Note(name, $"message {message.MessageId} again, absorbed");
            return;
        }

        Note(name, $"message {message.MessageId} {message.ReasonCode}".TrimEnd());
        if (Take(message) is { } misfit)
            await AbsorbAsync(message, misfit.Reason, misfit.Detail);
    }

    /// <summary>Uses the message, or says why it does not fit.</summary>
    private (AttentionReason Reason, string Detail)? Take(BankMessage message)
    {
        if (!instructions.TryGetValue(message.Uetr, out var about))
            return (AttentionReason.MessageMismatch, "no instruction of this settlement has that UETR");
        return message.Status switch
        {
            BankMessageStatus.Settled => TakeSettled(message, about),
            BankMessageStatus.Rejected => TakeNotMoved(message, about, BankOutcome.Rejected),
            BankMessageStatus.Recalled => TakeNotMoved(message, about, BankOutcome.Recalled),
            BankMessageStatus.RecallRefused => TakeRecallRefused(about),
            BankMessageStatus.Accepted => TakeAccepted(about),
            _ => (AttentionReason.MessageMismatch, "the bank sent the money back after it was settled"),
        };
    }

    private (AttentionReason, string)? TakeSettled(BankMessage message, Instruction about)
    {
        if (about.Verdict is { Moved: true })
            return null;
        if (about.Verdict is not null)
        {
            lateConfirmation = $"{request.Bank} confirmed UETR {about.Uetr} after the funds had been released; the amount stands in suspense";
            if (!attention.Exists(entry => entry.Reason == AttentionReason.LateConfirmation))
                attention.Add((AttentionReason.LateConfirmation, true));
            return (AttentionReason.LateConfirmation, lateConfirmation);
        }

        var otherAmount = message.AmountMinor is { } booked && booked != request.AmountMinor;
        var otherCurrency = message.Currency is { } currency && currency != request.Currency;
        if (otherAmount || otherCurrency)
        {
            amountMismatch = true;
            return (AttentionReason.MessageMismatch, "the confirmation names another amount or currency than the instruction");
        }

        about.Decide(new Verdict(BankOutcome.Settled, "message")
        {
            MessageId = message.MessageId, BankReference = message.BankReference,
        });
        return null;
    }

    private static (AttentionReason, string)? TakeNotMoved(BankMessage message, Instruction about, BankOutcome outcome)
    {
        if (about.Verdict is { Moved: true })
            return (AttentionReason.MessageMismatch, "the bank takes back what it confirmed before");
        about.Decide(new Verdict(outcome, "message")
        {
            MessageId = message.MessageId,
            ReasonCode = message.ReasonCode,
            BankReference = message.BankReference,
            Retryable = message.Retryable ?? false,
        });
        return null;
    }

    private static (AttentionReason, string)? TakeAccepted(Instruction about)
    {
        about.Accepted = true;
        return null;
    }

    private static (AttentionReason, string)? TakeRecallRefused(Instruction about)
    {
        about.Recall = RecallState.Refused;
        return null;
    }

    private async Task AbsorbAsync(BankMessage message, AttentionReason reason, string detail)
    {
        var input = new AbsorbInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Message = message,
            Reason = reason,
            Detail = detail,
        };
        await Workflow.ExecuteActivityAsync(
            (IAbsorbBankMessageActivity activity) => activity.AbsorbAsync(input),
            ActivityPolicies.Absorb($"absorb message {message.MessageId}"));
        Note("absorb", detail);
    }
}
