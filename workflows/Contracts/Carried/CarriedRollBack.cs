using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>A rollback under way.</summary>
/// <param name="Then">State that follows.</param>
/// <param name="Failure">Why.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="HasVerdict">The attempt's instruction is closed with its proof.</param>
public sealed record CarriedRollBack(SettlementStatus Then, SettlementFailure Failure, string Reason, Actor? Actor, bool HasVerdict);
