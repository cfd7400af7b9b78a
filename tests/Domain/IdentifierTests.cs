using System.Text.Json;

namespace Settlement.Domain.Tests;

public class IdentifierTests
{
    [Fact]
    public void SettlementReference_New_HasTheShapeAndTheDate()
    {
        var reference = SettlementReference.New(new DateOnly(2026, 11, 22));
        reference.Length.ShouldBe(SettlementReference.Length);
        reference.ShouldStartWith("S20261122");
        SettlementReference.IsValid(reference).ShouldBeTrue();
    }

    [Fact]
    public void SettlementReference_New_DoesNotRepeat() =>
        Enumerable.Range(0, 10_000).Select(_ => SettlementReference.New(new DateOnly(2026, 1, 1))).Distinct().Count().ShouldBe(10_000);

    [Theory]
    [InlineData("S202611220123456789")]
    public void SettlementReference_IsValid_AcceptsItsShape(string text) => SettlementReference.IsValid(text).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S20261322ABCDEFGHJK")]
    [InlineData("S20261122ABCDEFGHIL")]
    [InlineData("S20261122abcdefghjk")]
    [InlineData("X20261122ABCDEFGHJK")]
    [InlineData("S20261122ABCDEFGHJKM")]
    public void SettlementReference_IsValid_RefusesAnythingElse(string? text) => SettlementReference.IsValid(text).ShouldBeFalse();

    [Fact]
    public void StepKey_ToString_ReadsBackTheSame()
    {
        var key = new StepKey(Guid.CreateVersion7(), 3, StepName.Operator.With("retry", "req-1"));
        StepKey.Parse(key.ToString()).ShouldBe(key);
        key.ToString().ShouldBe($"{key.SettlementId:D}/3/operator:retry:req-1");
    }

    [Theory]
    [InlineData("x/1/lock")]
    [InlineData("0199d3a0-0000-7000-8000-000000000000/0/lock")]
    [InlineData("0199d3a0-0000-7000-8000-000000000000/1")]
    [InlineData("0199d3a0-0000-7000-8000-000000000000/1/Lock")]
    [InlineData("0199d3a0-0000-7000-8000-000000000000/1/")]
    public void StepKey_Parse_RefusesAnythingElse(string text) => Should.Throw<FormatException>(() => StepKey.Parse(text));

    [Fact]
    public void StepName_TooLong_IsRefused() => Should.Throw<FormatException>(() => StepName.Lock.With(new string('a', StepName.MaxLength)));

    [Fact]
    public void Uetr_New_IsAVersion4InLowerCase()
    {
        var text = Uetr.New().ToString();
        text.ShouldBe(text.ToLowerInvariant());
        Uetr.TryParse(text, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("EB6305C9-1F7F-49DE-AED0-16487C27B42D")]
    [InlineData("eb6305c9-1f7f-19de-aed0-16487c27b42d")]
    [InlineData("eb6305c9-1f7f-49de-2ed0-16487c27b42d")]
    [InlineData("eb6305c91f7f49deaed016487c27b42d")]
    [InlineData("")]
    [InlineData(null)]
    public void Uetr_TryParse_RefusesUpperCaseAndOtherVersions(string? text) => Uetr.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Uetr_From_RefusesVersion7() => Should.Throw<FormatException>(() => Uetr.From(Guid.CreateVersion7()));

    [Fact]
    public void ClosedSets_TextForms_ReadBackInBothCases()
    {
        UpperSnake.Of(SettlementStatus.SellerSecuritiesLocked).ShouldBe("SELLER_SECURITIES_LOCKED");
        UpperSnake.Lower(SettlementStatus.FundsLocked).ShouldBe("funds_locked");
        UpperSnake.Parse<SettlementStatus>("funds_locked").ShouldBe(SettlementStatus.FundsLocked);
        UpperSnake.TryParse<SettlementStatus>("3", out _).ShouldBeFalse();
        JsonSerializer.Serialize(SettlementStatus.AwaitingRetry).ShouldBe("\"AWAITING_RETRY\"");
        JsonSerializer.Deserialize<SettlementStatus>("\"awaiting_retry\"").ShouldBe(SettlementStatus.AwaitingRetry);
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<SettlementStatus>("3"));
    }

    [Fact]
    public void SettlementFailure_CodesAndErrorTypes_ReadBackTheSame()
    {
        foreach (var failure in Enum.GetValues<SettlementFailure>())
        {
            SettlementFailures.TryParse(failure.ToCode(), out var fromCode).ShouldBeTrue();
            SettlementFailures.TryParse(failure.ErrorType(), out var fromType).ShouldBeTrue();
            (fromCode, fromType).ShouldBe((failure, failure));
        }
    }
}
