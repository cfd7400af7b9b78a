using Settlement.Domain;

namespace Settlement.Database;

/// <summary>The bank's own accounts, one of each per currency, and how they are numbered.</summary>
public static class InternalAccounts
{
    /// <summary>The entity that owns them.</summary>
    public const string EntityId = "HOUSE";

    public static string Fee(Currency currency) => $"FEE-{currency.Code}";

    public static string Suspense(Currency currency) => $"SUSPENSE-{currency.Code}";

    /// <summary>The environment's position in a currency: where the two sides of an exchange meet.</summary>
    public static string FxPosition(Currency currency) => $"FX-{currency.Code}";

    /// <summary>The other side of opening balances, so that the books sum to zero from the first entry.</summary>
    public static string Opening(Currency currency) => $"OPENING-{currency.Code}";
}

/// <summary>The accounts of a payment with an exchange.</summary>
/// <param name="DebtorAccountId">Who pays, in the currency given.</param>
/// <param name="PositionGivenAccountId">The environment's position in the currency given.</param>
/// <param name="PositionPaidAccountId">The environment's position in the currency paid.</param>
/// <param name="NostroAccountId">Our account in the currency paid.</param>
/// <param name="FeeAccountId">Who earns the fee, in the currency given.</param>
public sealed record ExchangeAccounts(
    Guid DebtorAccountId, Guid PositionGivenAccountId, Guid PositionPaidAccountId, Guid NostroAccountId, Guid FeeAccountId);
