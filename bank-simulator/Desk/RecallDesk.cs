using Settlement.BankSimulator.Books;
using Settlement.BankSimulator.Contracts;
using Settlement.BankSimulator.Journal;
using Settlement.BankSimulator.Scripts;

namespace Settlement.BankSimulator.Desk;

/// <summary>Answers recalls (ISO 20022 camt.056) of payments.</summary>
public sealed class RecallDesk(BankBooks books, ScriptReader scripts, Decisions decisions, BankClock clock)
{
    /// <summary>Null report: the payment is unknown, or, if <c>Unavailable</c>, the bank does not answer recalls now.</summary>
    public async Task<(bool Unavailable, RecallReport? Report)> RecallAsync(string uetr, RecallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (unavailable, report) = await books.TransactAsync((state, facts) => Answer(state, facts, uetr, request)).ConfigureAwait(false);
        await books.WaitDurableAsync(books.Read(state => state.Payments.GetValueOrDefault(uetr)?.Sequence ?? 0)).ConfigureAwait(false);
        return (unavailable, report);
    }

    private (bool Unavailable, RecallReport? Report) Answer(BooksState state, List<JournalRecord> facts, string uetr, RecallRequest request)
    {
        var behaviour = scripts.For(state, uetr);
        var manner = behaviour.Recall;
        if (state.Bindings.TryGetValue(uetr, out var binding) && ++binding.Recalls > (behaviour.RecallTimes ?? int.MaxValue))
            manner = ScriptedRecall.ByBooks;
        if (manner == ScriptedRecall.Unavailable)
            return (true, null);
        if (!state.Payments.TryGetValue(uetr, out var payment))
            return (false, null);
        if (payment.Recalls.TryGetValue(request.RecallId, out var earlier) && earlier.Verdict != RecallVerdict.Pending)
            return (false, earlier);

        if (manner == ScriptedRecall.TooLate && payment.Status == TransactionStatus.Accepted)
            decisions.Add(state, facts, payment.Instruction, ScriptedOutcome.Settle, null, behaviour.Confirmation ?? new ConfirmationScript());
        var (verdict, reason, givesBack) = Judge(payment, manner);
        var report = new RecallReport(uetr, request.RecallId, verdict, reason, clock.UtcNow);
        facts.Add(new JournalRecord.RecallAnswered(report, givesBack));
        return (false, report);
    }

    /// <summary>Reasons: ARDT already returned or transferred, ARJT already rejected, CUST the beneficiary refuses.</summary>
    private static (string Verdict, string? Reason, bool GivesBack) Judge(Payment payment, ScriptedRecall manner) => (payment.Status, manner) switch
    {
        (_, ScriptedRecall.Pending) => (RecallVerdict.Pending, null, false),
        (TransactionStatus.Cancelled, _) => (RecallVerdict.Cancelled, null, false),
        (TransactionStatus.Rejected, _) => (RecallVerdict.Refused, "ARJT", false),
        (_, ScriptedRecall.Refuse) => (RecallVerdict.Refused, "CUST", false),
        (_, ScriptedRecall.TooLate) => (RecallVerdict.Refused, "ARDT", false),
        (TransactionStatus.Settled, ScriptedRecall.Accept) => (RecallVerdict.Cancelled, null, true),
        (TransactionStatus.Settled, _) => (RecallVerdict.Refused, "ARDT", false),
        _ => (RecallVerdict.Cancelled, null, false),
    };
}
