using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Settlement.Domain.Tests;

public class MoneyTests
{
    [Theory]
    [InlineData("7524.00", "USD", 752400)]
    [InlineData("7524", "USD", 752400)]
    [InlineData("7524.5", "USD", 752450)]
    [InlineData("0", "JPY", 0)]
    [InlineData("123456", "JPY", 123456)]
    [InlineData("1.005", "BHD", 1005)]
    [InlineData("-0.01", "EUR", -1)]
    [InlineData("92233720368547758.07", "USD", long.MaxValue)]
    public void Parse_ExactDecimalString_GivesMinorUnits(string text, string currency, long minor) =>
        Money.Parse(text, Currency.Of(currency)).AmountMinor.ShouldBe(minor);

    [Theory]
    [InlineData("1.005", "USD", SettlementFailure.CurrencyExponent)]
    [InlineData("1.0", "JPY", SettlementFailure.CurrencyExponent)]
    [InlineData("1.0000", "BHD", SettlementFailure.CurrencyExponent)]
    [InlineData("92233720368547758.08", "USD", SettlementFailure.AmountTooLarge)]
    [InlineData("99999999999999999999999999999999999999999999999", "USD", SettlementFailure.AmountTooLarge)]
    [InlineData("", "USD", SettlementFailure.InvalidRequest)]
    [InlineData("-", "USD", SettlementFailure.InvalidRequest)]
    [InlineData(".5", "USD", SettlementFailure.InvalidRequest)]
    [InlineData("5.", "USD", SettlementFailure.InvalidRequest)]
    [InlineData("05", "USD", SettlementFailure.InvalidRequest)]
    [InlineData("+5", "USD", SettlementFailure.InvalidRequest)]
    [InlineData("1e3", "USD", SettlementFailure.InvalidRequest)]
    [InlineData("1,000.00", "USD", SettlementFailure.InvalidRequest)]
    [InlineData(" 5", "USD", SettlementFailure.InvalidRequest)]
    [InlineData("٥", "USD", SettlementFailure.InvalidRequest)]
    [InlineData("NaN", "USD", SettlementFailure.InvalidRequest)]
    public void Parse_AnythingElse_IsRefusedWithItsReason(string text, string currency, SettlementFailure reason) =>
        Should.Throw<SettlementException>(() => Money.Parse(text, Currency.Of(currency))).Failure.ShouldBe(reason);

    [Fact]
    public void ToDecimalString_AnyAmount_ReadsBackTheSame() =>
        Prop.ForAll(Amounts.Money.ToArbitrary(), money => Money.Parse(money.ToDecimalString(), money.Currency) == money).QuickCheckThrowOnFailure();

    [Fact]
    public void ToDecimalString_SmallestAmount_IsExact() =>
        new Money(long.MinValue, Currency.Usd).ToDecimalString().ShouldBe("-92233720368547758.08");

    [Fact]
    public void Json_AnyAmount_ReadsBackTheSame() =>
        Prop.ForAll(Amounts.Money.Where(m => m.AmountMinor != long.MinValue).ToArbitrary(),
            money => JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(money)) == money).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"amount":12.5,"currency":"USD"}""")]
    [InlineData("""{"amount":"12.505","currency":"USD"}""")]
    [InlineData("""{"amount":"12.50"}""")]
    [InlineData("""{"amount":"12.50","currency":"usd"}""")]
    [InlineData("""{"amount":"12.50","currency":"USD","x":"y"}""")]
    [InlineData("\"12.50 USD\"")]
    public void Json_InexactOrIncomplete_IsRefused(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Money>(json));

    [Fact]
    public void Add_BeyondSixtyFourBits_IsRefusedNotWrapped() =>
        Should.Throw<SettlementException>(() => new Money(long.MaxValue, Currency.Usd) + new Money(1, Currency.Usd)).Failure.ShouldBe(SettlementFailure.AmountTooLarge);

    [Fact]
    public void Add_TwoCurrencies_IsRefused() =>
        Should.Throw<SettlementException>(() => new Money(1, Currency.Usd) + new Money(1, Currency.Eur)).Failure.ShouldBe(SettlementFailure.CurrencyMismatch);

    [Fact]
    public void Compare_TwoCurrencies_IsRefused() =>
        Should.Throw<SettlementException>(() => new Money(1, Currency.Usd) < new Money(2, Currency.Eur)).Failure.ShouldBe(SettlementFailure.CurrencyMismatch);

    [Fact]
    public void Split_AnyWeights_PartsEqualTheWholeAndDifferFromTheirShareByLessThanOneUnit()
    {
        var cases = from money in Amounts.Money
                    from weights in Gen.Choose(0, 1_000_000).Select(w => (long)w).NonEmptyListOf()
                    where weights.Sum() > 0
                    select (money, weights.ToArray());
        Prop.ForAll(cases.ToArbitrary(), pair =>
        {
            var (money, weights) = pair;
            var parts = money.Split(weights);
            var total = weights.Aggregate((Int128)0, (sum, weight) => sum + weight);
            return parts.Aggregate((Int128)0, (sum, part) => sum + part.AmountMinor) == money.AmountMinor
                && parts.Zip(weights).All(p => Int128.Abs((Int128)p.First.AmountMinor * total - (Int128)money.AmountMinor * p.Second) < total);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Split_ThreeEqualParts_GivesTheOddUnitToTheFirst() =>
        new Money(100, Currency.Usd).Split(1, 1, 1).Select(part => part.AmountMinor).ShouldBe([34, 33, 33]);

    [Fact]
    public void Split_LargestRemainder_GetsTheUnit() =>
        new Money(10, Currency.Jpy).Split(1, 2, 4).Select(part => part.AmountMinor).ShouldBe([1, 3, 6]);

    [Fact]
    public void ForPurchase_ExactProduct_IsTheAmount() =>
        Money.ForPurchase(100m, 75.24m, Currency.Usd).ShouldBe(new Money(752400, Currency.Usd));

    [Fact]
    public void ForPurchase_FractionOfAMinorUnit_IsRefusedNotRounded() =>
        Should.Throw<SettlementException>(() => Money.ForPurchase(1m, 0.005m, Currency.Usd)).Failure.ShouldBe(SettlementFailure.AmountNotExact);

    [Fact]
    public void ForPurchase_MoreDigitsThanDecimalHas_IsNotRoundedSilently() =>
        // 28 significant digits each: decimal multiplication would round the last ones away and look exact.
        Should.Throw<SettlementException>(() => Money.ForPurchase(1.0000000000000000000000000001m, 1.0000000000000000000000000001m, Currency.Usd))
            .Failure.ShouldBe(SettlementFailure.AmountNotExact);

    [Fact]
    public void ForPurchase_TooLarge_IsRefused() =>
        Should.Throw<SettlementException>(() => Money.ForPurchase(decimal.MaxValue, decimal.MaxValue, Currency.Usd)).Failure.ShouldBe(SettlementFailure.AmountTooLarge);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    public void ForPurchase_NotPositive_IsRefused(int quantity, int price) =>
        Should.Throw<SettlementException>(() => Money.ForPurchase(quantity, price, Currency.Usd)).Failure.ShouldBe(SettlementFailure.AmountNotPositive);

    [Theory]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("USD", 2)]
    [InlineData("EUR", 2)]
    [InlineData("BHD", 3)]
    [InlineData("KWD", 3)]
    public void Currency_Exponent_IsIso4217s(string code, int exponent) => Currency.Of(code).Exponent.ShouldBe(exponent);

    [Theory]
    [InlineData("usd")]
    [InlineData("XXX")]
    [InlineData("US")]
    [InlineData("")]
    [InlineData(null)]
    public void Currency_UnknownCode_IsNotFound(string? code) => Currency.TryGet(code, out _).ShouldBeFalse();
}
