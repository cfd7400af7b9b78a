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

    /// <summary>What the payment locks beforehand: amount and fee at the debtor, the amount at the nostro.</summary>
    public static IReadOnlyList<Hold> Holds(Guid debtorAccountId, Guid nostroAccountId, Money amount, Money fee) =>
        [new Hold(debtorAccountId, amount + fee), new Hold(nostroAccountId, amount)];

    /// <summary>Money left the nostro without a lock to cover it: it stands in suspense until a person assigns it.</summary>
    public static IReadOnlyList<Leg> ToSuspense(Guid nostroAccountId, Guid suspenseAccountId, Money amount) =>
        [new Leg(suspenseAccountId, -amount), new Leg(nostroAccountId, amount)];

    /// <summary>Money came back to the nostro for what stands in suspense.</summary>
    public static IReadOnlyList<Leg> FromSuspense(Guid nostroAccountId, Guid suspenseAccountId, Money amount) =>
        [new Leg(nostroAccountId, -amount), new Leg(suspenseAccountId, amount)];
}
