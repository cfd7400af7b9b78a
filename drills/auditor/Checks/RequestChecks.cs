namespace Settlement.Auditor;

/// <summary>What callers were promised against what is there: every acceptance is one settlement, and every settlement was asked for.</summary>
internal static class RequestChecks
{
    public static IEnumerable<Finding> Run(IReadOnlyList<AcceptedRequest> requests, LedgerRecords ledger)
    {
        var settlements = ledger.Settlements.Where(s => !s.IsReturn).ToDictionary(s => s.Id);
        foreach (var request in requests)
        {
            if (!settlements.TryGetValue(request.SettlementId, out var settlement))
                yield return new Finding(FindingKind.Lost, "accepted, but not there", $"key {request.Key}: settlement {request.SettlementId}");
            else if ((settlement.DebtorAccount, settlement.Currency, settlement.AmountMinor) != (request.DebtorAccount, request.Currency, request.AmountMinor))
                yield return new Finding(FindingKind.Wrong, "accepted for other terms", $"key {request.Key}: asked for {request.AmountMinor} {request.Currency} from {request.DebtorAccount}, {settlement.Reference} has {settlement.AmountMinor} {settlement.Currency} from {settlement.DebtorAccount}");
        }

        foreach (var key in requests.GroupBy(r => r.Key, StringComparer.Ordinal).Where(g => g.Select(r => r.SettlementId).Distinct().Count() > 1))
            yield return new Finding(FindingKind.Doubled, "one key, several settlements", $"key {key.Key}: {string.Join(", ", key.Select(r => r.SettlementId).Distinct())}");
        foreach (var id in requests.GroupBy(r => r.SettlementId).Where(g => g.Select(r => r.Key).Distinct(StringComparer.Ordinal).Count() > 1))
            yield return new Finding(FindingKind.Lost, "several keys, one settlement", $"settlement {id.Key}: {string.Join(", ", id.Select(r => r.Key).Distinct())}");
        var asked = requests.Select(r => r.SettlementId).ToHashSet();
        foreach (var settlement in settlements.Values.Where(s => !asked.Contains(s.Id)))
            yield return new Finding(FindingKind.Doubled, "there, but never accepted", $"settlement {settlement.Reference} {settlement.Status}");
    }
}
