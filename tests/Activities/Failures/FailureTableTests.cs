using Settlement.Activities.Failures;

namespace Settlement.Activities.Tests.Failures;

public sealed class FailureTableTests
{
    [Theory]
    [InlineData("40001", FailureClass.Retryable)]
    [InlineData("40P01", FailureClass.Retryable)]
    [InlineData("08001", FailureClass.Retryable)]
    [InlineData("53300", FailureClass.Retryable)]
    [InlineData("55P03", FailureClass.Retryable)]
    [InlineData("57014", FailureClass.Retryable)]
    [InlineData("57P03", FailureClass.Retryable)]
    [InlineData("08006", FailureClass.Unknown)]
    [InlineData("40003", FailureClass.Unknown)]
    [InlineData("57P01", FailureClass.Unknown)]
    [InlineData("57P02", FailureClass.Unknown)]
    [InlineData("XX000", FailureClass.Unknown)]
    [InlineData("23505", FailureClass.Terminal)]
    [InlineData("23514", FailureClass.Terminal)]
    [InlineData("22003", FailureClass.Terminal)]
    [InlineData("42P01", FailureClass.Terminal)]
    [InlineData("P0001", FailureClass.Terminal)]
    [InlineData("ZZ999", FailureClass.Unknown)]
    [InlineData("", FailureClass.Unknown)]
    [InlineData(null, FailureClass.Unknown)]
    public void OfSqlState_State_HasItsClass(string? sqlState, FailureClass expected) => FailureTable.OfSqlState(sqlState).ShouldBe(expected);

    [Theory]
    [InlineData("AM04", FailureClass.Retryable)]
    [InlineData("AB05", FailureClass.Retryable)]
    [InlineData("TM01", FailureClass.Retryable)]
    [InlineData("AC04", FailureClass.Terminal)]
    [InlineData("AC06", FailureClass.Terminal)]
    [InlineData("MS03", FailureClass.Terminal)]
    [InlineData("CANC", FailureClass.Terminal)]
    [InlineData("AM05", FailureClass.Unknown)]
    [InlineData("XYZ9", FailureClass.Terminal)]
    [InlineData(null, FailureClass.Terminal)]
    public void OfBankReason_Code_HasItsClass(string? code, FailureClass expected) => FailureTable.OfBankReason(code).ShouldBe(expected);

    [Fact]
    public void KnownBankReasons_EveryCode_HasTheFormOfAnIsoReason() =>
        FailureTable.KnownBankReasons.ShouldAllBe(code => code.Length == 4 && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)));
}
