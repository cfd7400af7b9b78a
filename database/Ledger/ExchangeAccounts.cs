namespace Settlement.Database;

/// <summary>The accounts of a payment with an exchange.</summary>
/// <param name="DebtorAccountId">Who pays, in the currency given.</param>
/// <param name="PositionGivenAccountId">The environment's position in the currency given.</param>
/// <param name="PositionPaidAccountId">The environment's position in the currency paid.</param>
/// <param name="NostroAccountId">Our account in the currency paid.</param>
/// <param name="FeeAccountId">Who earns the fee, in the currency given.</param>
public sealed record ExchangeAccounts(
    Guid DebtorAccountId, Guid PositionGivenAccountId, Guid PositionPaidAccountId, Guid NostroAccountId, Guid FeeAccountId);
