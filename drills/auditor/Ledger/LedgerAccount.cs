namespace Settlement.Auditor.Ledger;

/// <summary>An account as stored. Entries are signed, credit positive; an account whose <paramref name="NormalSide"/> is DEBIT shows the opposite sign.</summary>
internal sealed record LedgerAccount(
    Guid Id, string Number, string Kind, string NormalSide, string Currency, long PostedMinor, long HeldMinor, long? FloorMinor, string? NumberAtBank)
{
    /// <summary>What an entry does to the balance that the account shows, minor units.</summary>
    public long Effect(LedgerEntry entry) => NormalSide == "CREDIT" ? entry.AmountMinor : -entry.AmountMinor;
}
