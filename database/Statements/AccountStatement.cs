using Settlement.Domain;

namespace Settlement.Database;

/// <summary>The booked movements of one account on one day. Source of the terms: ISO 20022 camt.053.</summary>
/// <param name="AccountId">Which account.</param>
/// <param name="Number">Its place in the account's sequence; null: the day is not closed yet, or had no movements.</param>
/// <param name="Date">Booking day, UTC.</param>
/// <param name="Opening">Balance before the first entry, natural sign: the closing balance of the statement before.</param>
/// <param name="Closing">Balance after the last entry, natural sign.</param>
/// <param name="Entries">In booking order.</param>
public sealed record AccountStatement(Guid AccountId, int? Number, DateOnly Date, Money Opening, Money Closing, IReadOnlyList<LedgerEntry> Entries)
{
    /// <summary>Whether it is final.</summary>
    public bool IsClosed => Number is not null;
}
