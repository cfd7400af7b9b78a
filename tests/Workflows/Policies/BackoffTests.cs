using Settlement.Workflows.Policies;

namespace Settlement.Workflows.Tests.Policies;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(3, 16)]
    [InlineData(9, 900)]
    [InlineData(int.MaxValue, 900)]
    public void Of_Failures_DoublesUpToTheLimit(int failures, double seconds) =>
        Backoff.Of(2, 900, failures).TotalSeconds.ShouldBe(seconds);

    [Fact]
    public void Of_NothingConfigured_StillWaits() => Backoff.Of(0, 0, 5).ShouldBeGreaterThan(TimeSpan.Zero);
}
