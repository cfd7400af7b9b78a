namespace Settlement.Auditor;

/// <summary>The ledger against itself: transfers, balances, holds and floors, added up again from the rows.</summary>
internal static class LedgerChecks
{
    public static IEnumerable<Finding> Run(LedgerRecords ledger) =>
        Transfers(ledger).Concat(Balances(ledger)).Concat(Holds(ledger));

    private static IEnumerable<Finding> Transfers(LedgerRecords ledger)
    {
        foreach (var sums in ledger.Entries.GroupBy(e => (e.TransferId, e.Currency)))
        {
            if (sums.Sum(e => e.AmountMinor) is var sum and not 0)
                yield return new Finding(sum < 0 ? FindingKind.Lost : FindingKind.Doubled, "transfer does not sum to zero", $"transfer {sums.Key.TransferId}: {sum} {sums.Key.Currency}");
        }

        var withEntries = ledger.Entries.Select(e => e.TransferId).ToHashSet();
        foreach (var empty in ledger.Transfers.Keys.Where(id => !withEntries.Contains(id)))
            yield return new Finding(FindingKind.Lost, "transfer without entries", $"transfer {empty}");
        foreach (var orphan in withEntries.Where(id => !ledger.Transfers.ContainsKey(id)))
            yield return new Finding(FindingKind.Wrong, "entries without transfer", $"transfer {orphan}");
    }

    /// <summary>The balance after every single entry, not only the last: money that was never there cannot have been spent in between.</summary>
    private static IEnumerable<Finding> Balances(LedgerRecords ledger)
    {
        var entries = ledger.Entries.ToLookup(e => e.AccountId);
        foreach (var account in ledger.Accounts.Values)
        {
            var balance = 0L;
            foreach (var entry in entries[account.Id])
            {
                balance += account.Effect(entry);
                if (entry.Currency != account.Currency)
                    yield return new Finding(FindingKind.Wrong, "entry in another currency", $"{account.Number}: entry {entry.Id} in {entry.Currency}");
                if (entry.BalanceAfterMinor != balance)
                    yield return new Finding(FindingKind.Wrong, "running balance does not follow", $"{account.Number}: entry {entry.Id} says {entry.BalanceAfterMinor}, added up it is {balance}");
                if (account.FloorMinor is { } floor && balance < floor)
                    yield return new Finding(FindingKind.Doubled, "spent below its floor", $"{account.Number}: {balance} after entry {entry.Id}, floor {floor}");
            }

            if (balance != account.PostedMinor)
                yield return new Finding(FindingKind.Wrong, "balance is not the sum of its entries", $"{account.Number}: {account.PostedMinor} stored, {balance} added up");
            if (account.FloorMinor is { } last && balance - account.HeldMinor < last)
                yield return new Finding(FindingKind.Doubled, "promised below its floor", $"{account.Number}: {balance} less {account.HeldMinor} held, floor {last}");
        }
    }

    private static IEnumerable<Finding> Holds(LedgerRecords ledger)
    {
        var held = ledger.Locks.Where(l => l.State == "ACTIVE").ToLookup(l => l.AccountId);
        foreach (var account in ledger.Accounts.Values)
        {
            if (held[account.Id].Sum(l => l.AmountMinor) is var sum && sum != account.HeldMinor)
                yield return new Finding(FindingKind.Stranded, "held balance is not the sum of its locks", $"{account.Number}: {account.HeldMinor} held, locks {sum}");
        }
    }
}
