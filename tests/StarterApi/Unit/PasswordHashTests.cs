using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Tests.Unit;

public sealed class PasswordHashTests
{
    [Fact]
    public void Matches_OnlyTheRightPassword_AlsoAfterReadingTheTextForm()
    {
        var hash = PasswordHash.Create("open sesame", PasswordHash.MinIterations);
        var read = PasswordHash.TryParse(hash.ToString()).ShouldNotBeNull();
        read.Matches("open sesame").ShouldBeTrue();
        read.Matches("open sesame ").ShouldBeFalse();
        read.Matches("").ShouldBeFalse();
    }

    [Fact]
    public void Create_Twice_SaltsDifferently() =>
        PasswordHash.Create("same", PasswordHash.MinIterations).ToString().ShouldNotBe(PasswordHash.Create("same", PasswordHash.MinIterations).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$999999999$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$600000$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$600000$AAAAAAAAAAAAAAAAAAAAAA==$AAAA")]
    [InlineData("md5$600000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void TryParse_WeakOrBrokenText_IsRefused(string? text) => PasswordHash.TryParse(text).ShouldBeNull();
}
