using Microsoft.Extensions.Options;

namespace Settlement.BankSimulator;

/// <summary>Turns a decision into facts: the decision itself and the messages that tell of it. Runs under the books' lock.</summary>
public sealed class Decisions(IOptions<BankSimulatorOptions> options, BankClock clock, TimeProvider real)
{
    private readonly BankSimulatorOptions options = options.Value;

    /// <summary>Adds the facts of settling or rejecting a payment that is not decided yet.</summary>
    public void Add(
        BooksState state,
        List<JournalRecord> facts,
        PaymentInstruction instruction,
        ScriptedOutcome outcome,
        string? reasonCode,
        ConfirmationScript? confirmation)
    {
        var amount = CurrencyRules.TryParse(instruction.Amount, instruction.Currency, allowSign: false, out var parsed)
            ? parsed
            : throw new InvalidOperationException("A booked instruction has no valid amount.");
        // MS03: reason not specified by the agent; a script that rejects without a reason gets it.
        var reason = outcome == ScriptedOutcome.Reject
            ? reasonCode ?? "MS03"
            : state.RefusalReason(instruction, amount, options.AutoOpenAccounts);
        var status = reason is null ? TransactionStatus.Settled : TransactionStatus.Rejected;
        var at = clock.UtcNow;
        facts.Add(new JournalRecord.PaymentDecided(instruction.Uetr, status, reason, at));
        if (confirmation is { Copies: > 0 } && options.WebhookUrl is not null)
            AddMessages(facts, instruction, status, reason, at, confirmation);
    }

    /// <summary>What is told of a payment as it stands.</summary>
    public PaymentReport Report(Payment payment)
    {
        var booked = payment.Executions > 0 ? CurrencyRules.Format(payment.Amount, payment.Instruction.Currency) : null;
        return new PaymentReport(
            payment.Instruction.Uetr, payment.Status, payment.ReasonCode, booked, payment.Instruction.Currency,
            options.Name, payment.DecidedAt ?? payment.ReceivedAt);
    }

    /// <summary>What callers of POST /payments are told, the same on every repeat.</summary>
    public PaymentReport FirstAnswer(Payment payment)
    {
        return payment.DecidesInAnswer
            ? Report(payment)
            : new PaymentReport(
                payment.Instruction.Uetr, TransactionStatus.Accepted, null, null, payment.Instruction.Currency, options.Name, payment.ReceivedAt);
    }

    private void AddMessages(
        List<JournalRecord> facts, PaymentInstruction instruction, string status, string? reason, DateTimeOffset at, ConfirmationScript script)
    {
        var booked = status == TransactionStatus.Settled ? instruction.Amount : null;
        var due = real.GetUtcNow().AddMilliseconds(script.DelayMs);
        var gap = TimeSpan.FromMilliseconds(script.CopyGapMs);
        if (script.Acceptance)
        {
            var accepted = Message("pacs.002", instruction, TransactionStatus.Accepted, null, null, at);
            facts.Add(Queued(accepted, 1, script.Reversed ? due + (gap * script.Copies) : due - gap));
        }

        var decided = Message("pacs.002", instruction, status, reason, booked, at);
        var booking = script.Booking && booked is not null ? Message("camt.054", instruction, status, null, booked, at) : null;
        for (var copy = 1; copy <= script.Copies; copy++)
        {
            facts.Add(Queued(decided, copy, due + (gap * (copy - 1))));
            if (booking is not null)
                facts.Add(Queued(booking, copy, due + (gap * (copy - 1))));
        }
    }

    private BankMessage Message(
        string type, PaymentInstruction instruction, string status, string? reason, string? booked, DateTimeOffset at) =>
        new(Guid.CreateVersion7().ToString("N"), type, instruction.Uetr, instruction.EndToEndId, status, reason, booked,
            instruction.Currency, at, options.Name);

    private static JournalRecord.MessageQueued Queued(BankMessage message, int copy, DateTimeOffset due) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{message.MessageId}/{copy}"), message, due);
}
