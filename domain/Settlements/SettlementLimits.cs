namespace Settlement.Domain;

/// <summary>
/// The amounts and dates up to which a settlement passes by itself. Read once when a settlement starts and recorded with
/// it, so that a later change of configuration does not change what is under way.
/// </summary>
/// <param name="MaxAmountMinor">Refused above; minor units of the settlement's currency; null: no limit.</param>
/// <param name="ApprovalAboveMinor">Needs an approver above; minor units; null: never.</param>
/// <param name="ApprovalBackdatedDays">A value or trade date more than this many calendar days back needs an approver (P3: 7).</param>
/// <param name="MaxBackdatedDays">Refused beyond, calendar days.</param>
/// <param name="MaxForwardDays">Refused beyond, calendar days.</param>
public sealed record SettlementLimits(
    long? MaxAmountMinor = null,
    long? ApprovalAboveMinor = null,
    int ApprovalBackdatedDays = 7,
    int MaxBackdatedDays = 90,
    int MaxForwardDays = 365)
{
    /// <summary>Refuses what is beyond the limits.</summary>
    /// <exception cref="SettlementException">
    /// <see cref="SettlementFailure.AmountNotPositive"/>, <see cref="SettlementFailure.LimitExceeded"/> or
    /// <see cref="SettlementFailure.ValueDateInvalid"/>.
    /// </exception>
    public void Require(Money amount, DateOnly statedDate, DateOnly today)
    {
        if (!amount.IsPositive)
            throw new SettlementException(SettlementFailure.AmountNotPositive, "The amount must be positive.");
        if (MaxAmountMinor is { } max && amount.AmountMinor > max)
            throw new SettlementException(SettlementFailure.LimitExceeded, $"The amount is above the limit of {new Money(max, amount.Currency)}.");
        var days = statedDate.DayNumber - today.DayNumber;
        if (days < -MaxBackdatedDays || days > MaxForwardDays)
            throw new SettlementException(SettlementFailure.ValueDateInvalid,
                $"The date lies more than {MaxBackdatedDays} days back or {MaxForwardDays} days ahead.");
    }

    /// <summary>Why an approver is needed, or null if none is.</summary>
    public string? ApprovalReason(Money amount, DateOnly statedDate, DateOnly today)
    {
        if (ApprovalAboveMinor is { } above && amount.AmountMinor > above)
            return $"amount above {new Money(above, amount.Currency)}";
        return today.DayNumber - statedDate.DayNumber > ApprovalBackdatedDays ? $"backdated more than {ApprovalBackdatedDays} days" : null;
    }
}
