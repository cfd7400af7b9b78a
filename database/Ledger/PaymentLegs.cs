using Settlement.Domain;

namespace Settlement.Database;

/// <summary>The postings of MONEY.md's saga, written once.</summary>
public static class PaymentLegs
{
    /// <summary>
    /// A payment out of a customer's (or vostro) account through our nostro: the debtor is debited amount and fee, the nostro
    /// is credited (an asset leaves), and the fee is earned.
    /// </summary>
    public static IReadOnlyList<Leg> Payment(Guid debtorAccountId, Guid nostroAccountId, Guid feeAccountId, Money amount, Money fee) =>
        fee.IsZero
            ? [new Leg(debtorAccountId, -amount), new Leg(nostroAccountId, amount)]
            : [new Leg(debtorAccountId, -(amount + fee)), new Leg(nostroAccountId, amount), new Leg(feeAccountId, fee)];

    /// <summary>A payment has come back (pacs.004): the nostro is debited, the debtor of the original gets the amount. Fees stay earned.</summary>
    public static IReadOnlyList<Leg> Return(Guid debtorAccountId, Guid nostroAccountId, Money amount) =>
        [new Leg(nostroAccountId, -amount), new Leg(debtorAccountId, amount)];

    /// <summary>What the payment locks beforehand: amount and fee at the debtor, the amount at the nostro.</summary>
    public static IReadOnlyList<Hold> Holds(Guid debtorAccountId, Guid nostroAccountId, Money amount, Money fee) =>
        [new Hold(debtorAccountId, amount + fee), new Hold(nostroAccountId, amount)];

    /// <summary>Money left the nostro without a lock to cover it: it stands in suspense until a person assigns it.</summary>
    public static IReadOnlyList<Leg> ToSuspense(Guid nostroAccountId, Guid suspenseAccountId, Money amount) =>
        [new Leg(suspenseAccountId, -amount), new Leg(nostroAccountId, amount)];

    /// <summary>Money came back to the nostro for what stands in suspense.</summary>
    public static IReadOnlyList<Leg> FromSuspense(Guid nostroAccountId, Guid suspenseAccountId, Money amount) =>
        [new Leg(nostroAccountId, -amount), new Leg(suspenseAccountId, amount)];

    /// <summary>
    /// A payment in another currency than the debtor's account, in one transfer: the debtor gives <paramref name="given"/> and the fee in his
    /// currency, the nostro pays <paramref name="paid"/> in its own, and the environment's two positions take the two sides of the exchange.
    /// Each currency sums to zero by itself.
    /// </summary>
    public static IReadOnlyList<Leg> Exchange(ExchangeAccounts accounts, Money given, Money paid, Money fee)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        if (given.Currency == paid.Currency)
            throw new SettlementException(SettlementFailure.CurrencyMismatch, "An exchange has two currencies.");
        List<Leg> legs =
        [
            new(accounts.DebtorAccountId, -(given + fee)),
            new(accounts.PositionGivenAccountId, given),
            new(accounts.PositionPaidAccountId, -paid),
            new(accounts.NostroAccountId, paid),
        ];
        if (!fee.IsZero)
            legs.Add(new Leg(accounts.FeeAccountId, fee));
        return legs;
    }

    /// <summary>What the exchange locks beforehand: amount and fee at the debtor, in his currency; what is paid at the nostro, in its own.</summary>
    public static IReadOnlyList<Hold> ExchangeHolds(ExchangeAccounts accounts, Money given, Money paid, Money fee)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return [new Hold(accounts.DebtorAccountId, given + fee), new Hold(accounts.NostroAccountId, paid)];
    }
}
