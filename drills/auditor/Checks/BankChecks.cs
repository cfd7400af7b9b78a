namespace Settlement.Auditor;

/// <summary>The bank against the ledger: payment by payment, and account by account.</summary>
internal static class BankChecks
{
    public static IEnumerable<Finding> Run(BankRecords bank, LedgerRecords ledger) => Payments(bank, ledger).Concat(Nostros(bank, ledger));

    private static IEnumerable<Finding> Payments(BankRecords bank, LedgerRecords ledger)
    {
        var instructions = ledger.Instructions.ToDictionary(i => i.Uetr);
        var settlements = ledger.Settlements.ToDictionary(s => s.Id);
        foreach (var payment in bank.Payments.Values)
        {
            if (payment.Executions > 1)
                yield return new Finding(FindingKind.Doubled, "executed more than once", $"UETR {payment.Uetr}: {payment.Executions} times");
            if (!instructions.TryGetValue(payment.Uetr, out var instruction))
            {
                yield return new Finding(FindingKind.Doubled, "the bank has a payment that was never recorded", $"UETR {payment.Uetr} for {payment.EndToEndId}, {payment.Executions} executions");
                continue;
            }

            var settlement = settlements[instruction.SettlementId];
            if (payment.EndToEndId != settlement.Reference || payment.CreditorAccount != settlement.CreditorAccount
                || payment.Currency != settlement.Currency || payment.AmountMinor != settlement.AmountMinor)
                yield return new Finding(FindingKind.Wrong, "the bank was told other terms", $"UETR {payment.Uetr}: {payment.AmountMinor} {payment.Currency} to {payment.CreditorAccount} for {payment.EndToEndId}; {settlement.Reference} has {settlement.AmountMinor} {settlement.Currency} to {settlement.CreditorAccount}");
            if (settlement.OpensAt is { } opens && instruction.RecordedAsOf < opens)
                yield return new Finding(FindingKind.Wrong, "instructed before its window opened", $"{settlement.Reference}: instructed {instruction.RecordedAsOf:O}, opens {opens:O}");
        }

        foreach (var attempt in ledger.Instructions.GroupBy(i => (i.SettlementId, i.Attempt)).Where(g => g.Count() > 1))
            yield return new Finding(FindingKind.Doubled, "several instructions in one attempt", $"{settlements[attempt.Key.SettlementId].Reference} attempt {attempt.Key.Attempt}: {string.Join(", ", attempt.Select(i => i.Uetr))}");
    }

    /// <summary>What left our account at the bank must be what left its mirror in our books.</summary>
    private static IEnumerable<Finding> Nostros(BankRecords bank, LedgerRecords ledger)
    {
        foreach (var nostro in ledger.Accounts.Values.Where(a => a.NumberAtBank is not null))
        {
            var paid = bank.Payments.Values.Where(p => p.DebtorAccount == nostro.NumberAtBank && p.Currency == nostro.Currency).Sum(p => p.KeptMinor);
            var booked = -ledger.Entries
                .Where(e => e.AccountId == nostro.Id && ledger.Transfers.TryGetValue(e.TransferId, out var transfer) && transfer.Kind != "OPENING")
                .Sum(nostro.Effect);
            if (paid > booked)
                yield return new Finding(FindingKind.Lost, "the bank paid more than our books say", $"{nostro.Number}: paid {paid}, booked {booked}");
            if (paid < booked)
                yield return new Finding(FindingKind.Doubled, "our books say more than the bank paid", $"{nostro.Number}: paid {paid}, booked {booked}");
        }
    }
}
