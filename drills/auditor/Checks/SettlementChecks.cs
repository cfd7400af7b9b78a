namespace Settlement.Auditor;

/// <summary>Settlement by settlement: that it ended, what its end claims, what was posted for it, and what the bank keeps for it.</summary>
internal static class SettlementChecks
{
    public static IEnumerable<Finding> Run(BankRecords bank, LedgerRecords ledger)
    {
        var view = new View(bank, ledger);
        return ledger.Settlements.SelectMany(settlement => Ended(settlement, view).Concat(Posted(settlement, view)).Concat(Paid(settlement, view)));
    }

    private static IEnumerable<Finding> Ended(LedgerSettlement settlement, View view)
    {
        if (!settlement.HasEnded)
            yield return new Finding(FindingKind.Stranded, "never came to an end", $"{settlement.Reference}: {settlement.Status}");
        foreach (var held in view.Locks[settlement.Id].Where(l => l.State == "ACTIVE"))
            yield return new Finding(FindingKind.Stranded, "still holds funds", $"{settlement.Reference} {settlement.Status}: {held.AmountMinor}");
    }

    /// <summary>SETTLED took exactly amount and fee from the debtor, once; every other end took nothing.</summary>
    private static IEnumerable<Finding> Posted(LedgerSettlement settlement, View view)
    {
        if (settlement.IsReturn)
            yield break;
        var postings = view.Transfers[settlement.Id].Count(t => t.Kind == "SETTLEMENT");
        var taken = -view.Entries(settlement, e => view.Account(e).Number == settlement.DebtorAccount).Sum(e => view.Account(e).Effect(e));
        var due = settlement.Status == "SETTLED" ? settlement.AmountMinor + settlement.FeeMinor : 0;
        var given = view.ReturnsOf(settlement).Where(r => r.Status == "SETTLED").Sum(r => r.AmountMinor);
        if (settlement.Status == "SETTLED" ? postings != 1 : settlement.HasEnded && postings != 0)
            yield return new Finding(postings > 1 ? FindingKind.Doubled : FindingKind.Lost, "posted another number of times than its end says", $"{settlement.Reference} {settlement.Status}: {postings} postings");
        if (taken > due)
            yield return new Finding(FindingKind.Doubled, "the debtor paid more than due", $"{settlement.Reference} {settlement.Status}: {taken} taken, {due} due");
        if (settlement.HasEnded && taken < due - given)
            yield return new Finding(FindingKind.Lost, "the debtor paid less than due", $"{settlement.Reference} {settlement.Status}: {taken} taken, {due} due");
    }

    /// <summary>What the bank keeps for it is what was settled, or what stands in suspense for it.</summary>
    private static IEnumerable<Finding> Paid(LedgerSettlement settlement, View view)
    {
        if (settlement.IsReturn || !settlement.HasEnded)
            yield break;
        var kept = view.Instructions[settlement.Id].Sum(i => view.Bank.Payments.TryGetValue(i.Uetr, out var payment) ? payment.KeptMinor : 0);
        var settled = settlement.Status == "SETTLED" ? settlement.AmountMinor : 0;
        var suspense = -view.Entries(settlement, e => view.Account(e).Kind == "SUSPENSE").Sum(e => e.AmountMinor);
        var given = view.ReturnsOf(settlement).Where(r => r.Status == "SETTLED").Sum(r => r.AmountMinor);
        var explained = settled + suspense - given;
        if (kept > explained)
            yield return new Finding(settled > 0 ? FindingKind.Doubled : FindingKind.Lost, "the bank keeps money that nothing explains", $"{settlement.Reference} {settlement.Status}: the bank keeps {kept}, settled {settled}, in suspense {suspense}");
        if (kept < explained)
            yield return new Finding(FindingKind.Lost, "the bank did not pay what our books say", $"{settlement.Reference} {settlement.Status}: the bank keeps {kept}, settled {settled}, in suspense {suspense}");
    }

    /// <summary>The rows by settlement.</summary>
    private sealed class View(BankRecords bank, LedgerRecords ledger)
    {
        private readonly ILookup<Guid, LedgerEntry> entries = ledger.Entries.ToLookup(e => e.TransferId);
        private readonly ILookup<Guid, LedgerSettlement> returns = ledger.Settlements.Where(s => s.IsReturn).ToLookup(s => s.ReturnsSettlementId!.Value);

        public BankRecords Bank { get; } = bank;

        public ILookup<Guid, LedgerLock> Locks { get; } = ledger.Locks.ToLookup(l => l.SettlementId);

        public ILookup<Guid, LedgerInstruction> Instructions { get; } = ledger.Instructions.ToLookup(i => i.SettlementId);

        public ILookup<Guid, LedgerTransfer> Transfers { get; } = ledger.Transfers.Values.Where(t => t.SettlementId is not null).ToLookup(t => t.SettlementId!.Value);

        public LedgerAccount Account(LedgerEntry entry) => ledger.Accounts[entry.AccountId];

        public IEnumerable<LedgerSettlement> ReturnsOf(LedgerSettlement settlement) => returns[settlement.Id];

        public IEnumerable<LedgerEntry> Entries(LedgerSettlement settlement, Func<LedgerEntry, bool> which) =>
            Transfers[settlement.Id].SelectMany(t => entries[t.Id]).Where(which);
    }
}
