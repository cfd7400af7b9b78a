using System.Numerics;

namespace Settlement.Domain;

/// <summary>How many units of one currency are given for one unit of another, in major units.</summary>
/// <param name="From">The currency given.</param>
/// <param name="To">The currency received.</param>
/// <param name="Rate">Units of <paramref name="To"/> for one unit of <paramref name="From"/>; positive.</param>
public sealed record ExchangeRate(Currency From, Currency To, decimal Rate)
{
    /// <summary>Units received per unit given.</summary>
    public decimal Rate { get; } = Rate > 0 ? Rate : throw new ArgumentOutOfRangeException(nameof(Rate), Rate, "A rate is positive.");

    /// <summary>
    /// What an amount becomes, rounded half to even to the minor unit of <see cref="To"/>: one rounding of the exact product, so that
    /// exponents of 0, 2 and 3 decimals lose nothing on the way.
    /// </summary>
    /// <exception cref="SettlementException">
    /// <see cref="SettlementFailure.CurrencyMismatch"/>, or <see cref="SettlementFailure.AmountTooLarge"/> if it does not fit.
    /// </exception>
    public Money Convert(Money amount)
    {
        if (!ReferenceEquals(amount.Currency, From))
            throw new SettlementException(SettlementFailure.CurrencyMismatch, $"The rate is for {From.Code}, the amount in {amount.Currency.Code}.");
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(Rate, bits);
        var unscaled = (new BigInteger((uint)bits[2]) << 64) | (new BigInteger((uint)bits[1]) << 32) | (uint)bits[0];
        var dividend = amount.AmountMinor * unscaled * To.MinorPerMajor;
        var divisor = BigInteger.Pow(10, (bits[3] >> 16) & 0xFF) * From.MinorPerMajor;
        var quotient = BigInteger.DivRem(BigInteger.Abs(dividend), divisor, out var rest);
        var twice = rest * 2;
        if (twice > divisor || (twice == divisor && !quotient.IsEven))
            quotient++;
        return quotient <= long.MaxValue
            ? new Money((long)quotient * Math.Sign(amount.AmountMinor), To)
            : throw new SettlementException(SettlementFailure.AmountTooLarge, "The amount is larger than this system can hold.");
    }
}
