namespace Settlement.Domain.Tests;

public class ExchangeRateTests
{
    [Theory]
    [InlineData("USD", "EUR", "0.92", 10_000, 9_200)]
    [InlineData("USD", "JPY", "151.237", 10_000, 15_124)]
    [InlineData("JPY", "USD", "0.006613", 15_124, 10_002)]
    [InlineData("EUR", "BHD", "0.4087", 10_000, 40_870)]
    [InlineData("USD", "EUR", "0.5", 1, 0)]
    [InlineData("USD", "EUR", "0.5", 3, 2)]
    [InlineData("USD", "EUR", "0.5", -3, -2)]
    [InlineData("USD", "EUR", "0.50000000000000000000000001", 1, 1)]
    public void Convert_AnyExponent_RoundsHalfToEvenOnce(string from, string to, string rate, long minor, long expected) =>
        new ExchangeRate(Currency.Of(from), Currency.Of(to), decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture))
            .Convert(new Money(minor, Currency.Of(from))).ShouldBe(new Money(expected, Currency.Of(to)));

    [Fact]
    public void Convert_AnotherCurrency_IsRefused() =>
        Should.Throw<SettlementException>(() => new ExchangeRate(Currency.Usd, Currency.Eur, 1).Convert(new Money(1, Currency.Eur)))
            .Failure.ShouldBe(SettlementFailure.CurrencyMismatch);

    [Fact]
    public void Convert_BeyondWhatFits_IsRefused() =>
        Should.Throw<SettlementException>(() => new ExchangeRate(Currency.Usd, Currency.Eur, 2).Convert(new Money(long.MaxValue, Currency.Usd)))
            .Failure.ShouldBe(SettlementFailure.AmountTooLarge);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Create_RateThatIsNone_IsRefused(int rate) => Should.Throw<ArgumentOutOfRangeException>(() => new ExchangeRate(Currency.Usd, Currency.Eur, rate));
}
