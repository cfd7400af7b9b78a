namespace Settlement.Database;

/// <summary>A lock that the sweep has ended.</summary>
public sealed record ExpiredLock(Guid LockId, Guid SettlementId, int Attempt);
