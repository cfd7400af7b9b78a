namespace Settlement.BankSimulator.Contracts;

/// <summary>
/// Totals of the bank's books, from the same state as the pages beneath /books. <c>CurrencyTotals</c> holds per currency the sum of
/// openings and the sum of balances, equal in sound books because payments sum to zero.
/// </summary>
public sealed record BooksSummary(
    string Bank,
    DateTimeOffset AsOf,
    long Payments,
    long Executed,
    long Rejected,
    long Cancelled,
    long Returns,
    long MessagesPending,
    long MessagesParked,
    long JournalRecords,
    long JournalBytes,
    IReadOnlyDictionary<string, CurrencyTotal> CurrencyTotals);
