using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;

namespace Settlement.AppHost.Tests.Temporal;

public sealed class TemporalChoiceTests
{
    [Theory]
    [InlineData("127.0.0.1:7233")]
    [InlineData("temporal.example:443")]
    public void Resolve_HostAndPort_IsUsedAsItStands(string address)
    {
        var choice = TemporalChoice.Resolve(address);
        choice.Address.ShouldBe(address);
        choice.Executable.ShouldBeNull();
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData(":7233")]
    [InlineData("host:0")]
    [InlineData("host:99999")]
    [InlineData("host:abc")]
    public void Resolve_NoHostAndPort_IsRefusedInOneLine(string address) =>
        Should.Throw<UserErrorException>(() => TemporalChoice.Resolve(address)).Message.ShouldBe($"--temporal is '{address}'; it must be HOST:PORT.");
}
