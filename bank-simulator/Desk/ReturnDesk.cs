namespace Settlement.BankSimulator;

/// <summary>Books returns (ISO 20022 pacs.004), never more than was paid.</summary>
public sealed class ReturnDesk(BankBooks books, BankClock clock)
{
    /// <summary>Books a well-formed return; a repeat gets the first report.</summary>
    public async Task<(ReturnOutcome Outcome, ReturnReport? Report)> ReturnAsync(ReturnRequest request, decimal amount)
    {
        var result = await books.TransactAsync((state, facts) => Book(state, facts, request, amount)).ConfigureAwait(false);
        await books.WaitDurableAsync(books.Read(state => state.Payments.GetValueOrDefault(request.OriginalUetr)?.Sequence ?? 0)).ConfigureAwait(false);
        return result;
    }

    private (ReturnOutcome, ReturnReport?) Book(BooksState state, List<JournalRecord> facts, ReturnRequest request, decimal amount)
    {
        var text = CurrencyRules.Format(amount, request.Currency);
        if (state.Returns.TryGetValue(request.Uetr, out var earlier))
        {
            var same = earlier.OriginalUetr == request.OriginalUetr && earlier.Amount == text && earlier.Currency == request.Currency;
            return same ? (ReturnOutcome.Booked, earlier) : (ReturnOutcome.Conflict, null);
        }

        if (!state.Payments.TryGetValue(request.OriginalUetr, out var payment))
            return (ReturnOutcome.UnknownOriginal, null);
        if (payment.Executions == 0)
            return (ReturnOutcome.NotExecuted, null);
        if (payment.Instruction.Currency != request.Currency || payment.Returned + amount > payment.Amount)
            return (ReturnOutcome.ExceedsOriginal, null);
        var report = new ReturnReport(request.Uetr, request.OriginalUetr, TransactionStatus.Settled, text, request.Currency, clock.UtcNow);
        facts.Add(new JournalRecord.ReturnBooked(report));
        return (ReturnOutcome.Booked, report);
    }
}

/// <summary>
/// Body of POST /returns (ISO 20022 pacs.004): gives an executed payment back, from its creditor to its debtor. Idempotent on
/// <paramref name="Uetr"/>, the return's own reference.
/// </summary>
/// <param name="Uetr">The return's own UETR, lower-case UUID version 4.</param>
/// <param name="OriginalUetr">The payment that is returned.</param>
/// <param name="Amount">Decimal string; all returns of a payment together never exceed it.</param>
/// <param name="Currency">Currency of the original.</param>
/// <param name="ReasonCode">Why, such as FOCR (following a recall) or AC04.</param>
public sealed record ReturnRequest(string Uetr, string OriginalUetr, string Amount, string Currency, string ReasonCode);

/// <summary>The bank's answer to a return.</summary>
public sealed record ReturnReport(string Uetr, string OriginalUetr, string Status, string Amount, string Currency, DateTimeOffset AsOf);

/// <summary>What became of a return.</summary>
public enum ReturnOutcome
{
    Booked,
    UnknownOriginal,
    NotExecuted,
    ExceedsOriginal,
    Conflict,
}
