namespace Settlement.Auditor.Requests;

/// <summary>A request for which a caller holds the API's acceptance: from then on it must exist, once.</summary>
/// <param name="Key">The caller's idempotency key.</param>
/// <param name="SettlementId">What the API answered.</param>
/// <param name="DebtorAccount">What the caller asked for.</param>
/// <param name="Currency">What the caller asked for.</param>
/// <param name="AmountMinor">What the caller asked for, minor units.</param>
internal sealed record AcceptedRequest(string Key, Guid SettlementId, string DebtorAccount, string Currency, long AmountMinor);
