namespace Settlement.BankSimulator;

/// <summary>Answers recalls (ISO 20022 camt.056) of payments.</summary>
public sealed class RecallDesk(BankBooks books, ScriptReader scripts, Decisions decisions, BankClock clock)
{
    /// <summary>Null report: the payment is unknown, or, if <c>Unavailable</c>, the bank does not answer recalls now.</summary>
    public async Task<(bool Unavailable, RecallReport? Report)> RecallAsync(string uetr, RecallRequest request)
    {
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

/// <summary>Body of POST /payments/{uetr}/recall (ISO 20022 camt.056). Idempotent on <paramref name="RecallId"/>.</summary>
/// <param name="RecallId">The sender's id of this recall, at most 35 characters.</param>
/// <param name="ReasonCode">Why, such as DUPL, TECH or CUST.</param>
public sealed record RecallRequest(string RecallId, string ReasonCode);

/// <summary>The bank's answer to a recall (ISO 20022 camt.029).</summary>
/// <param name="Uetr">The payment.</param>
/// <param name="RecallId">The recall that is answered.</param>
/// <param name="Verdict">CNCL cancelled (money not moved, or given back), RJCR refused, PDCR still being decided.</param>
/// <param name="ReasonCode">Reason of a refusal, such as ARDT (already settled, too late) or CUST (customer refuses).</param>
/// <param name="AsOf">Business instant of the answer, UTC.</param>
public sealed record RecallReport(string Uetr, string RecallId, string Verdict, string? ReasonCode, DateTimeOffset AsOf);

/// <summary>ISO 20022 camt.029 investigation statuses that this bank uses.</summary>
public static class RecallVerdict
{
    public const string Cancelled = "CNCL";
    public const string Refused = "RJCR";
    public const string Pending = "PDCR";
}
