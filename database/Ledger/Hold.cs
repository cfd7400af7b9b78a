using Settlement.Domain;

namespace Settlement.Database;

/// <summary>An amount to be locked on an account, in the account's natural direction of spending.</summary>
public sealed record Hold(Guid AccountId, Money Amount);
