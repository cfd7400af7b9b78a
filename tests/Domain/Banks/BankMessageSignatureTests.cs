using System.Text;

namespace Settlement.Domain.Tests.Banks;

public sealed class BankMessageSignatureTests
{
    private const string Secret = "correct horse battery staple";
    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly byte[] Body = "{\"message_id\":\"M1\"}"u8.ToArray();

    [Fact]
    public void Sign_KnownInput_GivesTheValueThatOpensslGives() =>
        // printf '1800000000.{"message_id":"M1"}' | openssl dgst -sha256 -hmac 'correct horse battery staple'
        BankMessageSignature.Sign(Body, Secret, SentAt).ShouldBe("t=1800000000,v1=8a6eb8133dd5970a70c156d89b685eac2ce0fc9ef564effc6e1e7c3a0fcdd172");

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(-300)]
    public void Verify_OwnSignatureWithinTheWindow_IsValid(int secondsLater) =>
        Verify(BankMessageSignature.Sign(Body, Secret, SentAt), SentAt.AddSeconds(secondsLater)).ShouldBe(BankSignatureVerdict.Valid);

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    [InlineData(86_400)]
    public void Verify_OutsideTheWindow_IsExpired(int secondsLater) =>
        Verify(BankMessageSignature.Sign(Body, Secret, SentAt), SentAt.AddSeconds(secondsLater)).ShouldBe(BankSignatureVerdict.Expired);

    [Fact]
    public void Verify_AnyBitOfTheBodyChanged_IsWrong()
    {
        var header = BankMessageSignature.Sign(Body, Secret, SentAt);
        for (var bit = 0; bit < Body.Length * 8; bit++)
        {
            var changed = (byte[])Body.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            BankMessageSignature.Verify(header, changed, Secret, SentAt, Tolerance).ShouldBe(BankSignatureVerdict.Wrong);
        }
    }

    [Fact]
    public void Verify_OtherSecret_IsWrong() =>
        Verify(BankMessageSignature.Sign(Body, "another secret", SentAt), SentAt).ShouldBe(BankSignatureVerdict.Wrong);

    [Fact]
    public void Verify_TimeMovedIntoTheWindow_IsWrongBecauseTheTimeIsSigned()
    {
        var old = BankMessageSignature.Sign(Body, Secret, SentAt.AddDays(-1));
        var moved = old.Replace($"t={SentAt.AddDays(-1).ToUnixTimeSeconds()}", $"t={SentAt.ToUnixTimeSeconds()}", StringComparison.Ordinal);

        Verify(moved, SentAt).ShouldBe(BankSignatureVerdict.Wrong);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Verify_NoHeader_IsMissing(string? header) => Verify(header, SentAt).ShouldBe(BankSignatureVerdict.Missing);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("t=,v1=")]
    [InlineData("t=1800000000")]
    [InlineData("t=1800000000,v1=00")]
    [InlineData("t=1800000000,v2=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("t=-1,v1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("t=99999999999999999999,v1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("t=1800000000,v1=zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("t=1800000000, v1=0000000000000000000000000000000000000000000000000000000000000000")]
    public void Verify_OtherForm_IsMalformed(string header) => Verify(header, SentAt).ShouldBe(BankSignatureVerdict.Malformed);

    [Fact]
    public void Verify_HugeHeader_IsMalformed() => Verify("t=1,v1=" + new string('0', 1_000_000), SentAt).ShouldBe(BankSignatureVerdict.Malformed);

    [Fact]
    public void Verify_FarTimes_DoNotOverflow()
    {
        var header = $"t={long.MaxValue},v1={new string('0', 64)}";

        Verify(header, SentAt).ShouldBe(BankSignatureVerdict.Wrong);
    }

    [Fact]
    public void Verify_EmptySecret_IsAProgrammingError() =>
        Should.Throw<ArgumentException>(() => BankMessageSignature.Verify("t=1,v1=00", Encoding.UTF8.GetBytes("x"), "", SentAt, Tolerance));

    private static BankSignatureVerdict Verify(string? header, DateTimeOffset now) =>
        BankMessageSignature.Verify(header, Body, Secret, now, Tolerance);
}
