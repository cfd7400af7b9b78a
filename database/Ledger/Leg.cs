using Settlement.Domain;

namespace Settlement.Database;

/// <summary>One leg of a transfer, credit positive: a positive amount credits the account, a negative one debits it.</summary>
public sealed record Leg(Guid AccountId, Money Amount);
