namespace Settlement.Domain.Tests;

public class RuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 18);
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Limits_AmountAboveTheMaximum_IsRefused() =>
        Should.Throw<SettlementException>(() => new SettlementLimits(MaxAmountMinor: 100).Require(new Money(101, Currency.Usd), Today, Today))
            .Failure.ShouldBe(SettlementFailure.LimitExceeded);

    [Fact]
    public void Limits_AmountAtTheMaximum_Passes() =>
        Should.NotThrow(() => new SettlementLimits(MaxAmountMinor: 100).Require(new Money(100, Currency.Usd), Today, Today));

    [Theory]
    [InlineData(-91)]
    [InlineData(366)]
    public void Limits_DateTooFarAway_IsRefused(int days) =>
        Should.Throw<SettlementException>(() => new SettlementLimits().Require(new Money(1, Currency.Usd), Today.AddDays(days), Today))
            .Failure.ShouldBe(SettlementFailure.ValueDateInvalid);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Limits_AmountNotPositive_IsRefused(long minor) =>
        Should.Throw<SettlementException>(() => new SettlementLimits().Require(new Money(minor, Currency.Usd), Today, Today))
            .Failure.ShouldBe(SettlementFailure.AmountNotPositive);

    [Theory]
    [InlineData(1000, 0, false)]
    [InlineData(1001, 0, true)]
    [InlineData(1, -7, false)]
    [InlineData(1, -8, true)]
    public void Limits_ApprovalReason_IsGivenAboveTheAmountAndBeyondSevenDays(long minor, int days, bool needed) =>
        (new SettlementLimits(ApprovalAboveMinor: 1000).ApprovalReason(new Money(minor, Currency.Usd), Today.AddDays(days), Today) is not null).ShouldBe(needed);

    [Theory]
    [InlineData("Evil-Corp, Ltd.", null, null, "name")]
    [InlineData("ÉVIL corp LTD", null, null, "name")]
    [InlineData("Good Corp", "BADBXXYYZZZ", null, "bic")]
    [InlineData("Good Corp", "BADBXXYY", null, "bic")]
    [InlineData("Good Corp", null, "kp", "country")]
    [InlineData("Good Corp", "GOODKPAA", null, "country")]
    [InlineData("Good Corp", "GOODDEFF", "DE", null)]
    public void Screen_ListedPartOfAParty_Hits(string name, string? bic, string? country, string? hit) =>
        ScreeningList.Screen(List(Now), Now, name, bic, country).ShouldBe(hit);

    [Fact]
    public void Screen_WithoutList_NothingPasses() =>
        Should.Throw<SettlementException>(() => ScreeningList.Screen(null, Now, "Good Corp", null, null)).Failure.ShouldBe(SettlementFailure.ComplianceListUnavailable);

    [Fact]
    public void Screen_ListOlderThanADay_NothingPasses() =>
        Should.Throw<SettlementException>(() => ScreeningList.Screen(List(Now.AddDays(-1).AddTicks(-1)), Now, "Good Corp", null, null))
            .Failure.ShouldBe(SettlementFailure.ComplianceListUnavailable);

    [Fact]
    public void Actor_WithoutName_IsRefused() => Should.Throw<ArgumentException>(() => new Actor("", ActorSource.Api));

    private static ScreeningList List(DateTimeOffset published) => new(1, published, ["EVIL CORP LTD"], ["BADBXXYY"], ["KP"]);
}
