using Settlement.Domain;

namespace Settlement.Database;

/// <summary>The facts of an account that never change, so that they may be cached.</summary>
public sealed record AccountIdentity(Guid AccountId, string AccountNumber, AccountKind Kind, NormalSide NormalSide, string EntityId, Currency Currency);
