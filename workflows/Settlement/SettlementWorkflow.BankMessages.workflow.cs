using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Exceptions;
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

    /// <summary>Messages that did not fit and that the books have not taken in yet; tried again for as long as it takes.</summary>
    private readonly List<AbsorbInput> unabsorbed = [];
    private DateTimeOffset absorbAgainAt;
    private int absorbFailures;

    /// <inheritdoc/>
    [WorkflowSignal(SettlementNames.ReferenceChangedSignal)]
    public Task ReferenceChangedAsync(ReferenceChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Note("reference_changed", change.Change);
        lookAgain = true;
        rescheduleAsked = true;
        return Task.CompletedTask;
    }

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
            // For a return, a granted recall means that the money is back: what it was made for.
            BankMessageStatus.Recalled when request.ReturnOf is not null => TakeSettled(message, about),
            BankMessageStatus.RecallRefused when request.ReturnOf is not null => TakeNotMoved(message, about, BankOutcome.Rejected),
            BankMessageStatus.Settled => TakeSettled(message, about),
            BankMessageStatus.Rejected => TakeNotMoved(message, about, BankOutcome.Rejected),
            BankMessageStatus.Recalled => TakeNotMoved(message, about, BankOutcome.Recalled),
            BankMessageStatus.RecallRefused => TakeRecallRefused(about),
            BankMessageStatus.Accepted => TakeAccepted(about),
            _ => TakeReturned(message, about),
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

    /// <summary>
    /// Money has come back (pacs.004). For a return that is the proof it waits for. For a payment it is the business of a return, a settlement of its
    /// own, which the sweep of late messages begins when this one has ended.
    /// </summary>
    private (AttentionReason, string)? TakeReturned(BankMessage message, Instruction about)
    {
        if (request.ReturnOf is not null)
            return TakeSettled(message, about);
        return about.Verdict is { Moved: true } && Workflow.Patched(WorkflowPatches.ReturnsAreSettlements)
            ? null
            : (AttentionReason.MessageMismatch, "the bank sent the money back after it was settled");
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
        await TryAbsorbAsync(input);
    }

    private async Task TryAbsorbAsync(AbsorbInput input)
    {
        try
        {
            await Workflow.ExecuteActivityAsync(
                (IBankActivities activity) => activity.AbsorbAsync(input),
                ActivityPolicies.Absorb($"absorb message {input.Message.MessageId}"));
            Note("absorb", input.Detail);
        }
        catch (ActivityFailureException exception)
        {
            // The books refuse it (no suspense account, say): a person mends that, and the message is tried again until it is in.
            Note("absorb", Describe(exception));
            unabsorbed.Add(input);
            absorbAgainAt = Now + Backoff.Of(timings.CompensationBackoffSeconds, timings.MaxCompensationBackoffSeconds, absorbFailures++);
            await RaiseAsync(AttentionReason.MessageMismatch, $"message {input.Message.MessageId} does not get into the books: {Describe(exception)}");
        }
    }

    private async Task AbsorbAgainAsync()
    {
        var waiting = unabsorbed.ToArray();
        unabsorbed.Clear();
        foreach (var input in waiting)
            await TryAbsorbAsync(input);
    }

    /// <summary>At the end: nothing that the bank said may be left out of the books.</summary>
    private async Task AbsorbTheRestAsync()
    {
        while (unabsorbed.Count > 0)
        {
            Show("a bank message to get into the books");
            await SleepAsync("wait to absorb again", () => tryAgainNow, absorbAgainAt > Now ? absorbAgainAt - Now : TimeSpan.FromMilliseconds(10));
            tryAgainNow = false;
            await AbsorbAgainAsync();
        }
    }
}
