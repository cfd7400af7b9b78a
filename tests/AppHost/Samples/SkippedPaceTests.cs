using Settlement.AppHost.Samples;
using Settlement.Domain;

namespace Settlement.AppHost.Tests.Samples;

public sealed class SkippedPaceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly List<TimeSpan> steps = [];

    [Fact]
    public async Task Pass_AllSamplesWaitForTime_TheSmallestStepIsTakenOnce()
    {
        var pace = Pace(samples: 2);

        var first = pace.PassAsync(SettlementStatus.OutcomeUnknown, CancellationToken.None);
        first.IsCompleted.ShouldBeFalse();
        steps.ShouldBeEmpty();
        await pace.PassAsync(SettlementStatus.Scheduled, CancellationToken.None).WaitAsync(Limit);
        await first.WaitAsync(Limit);

        steps.ShouldHaveSingleItem().ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Theory]
    [InlineData(SettlementStatus.Pending)]
    [InlineData(SettlementStatus.FundsLocked)]
    [InlineData(SettlementStatus.TransferInitiated)]
    [InlineData(SettlementStatus.Confirmed)]
    [InlineData(SettlementStatus.RollingBack)]
    public async Task Pass_ASettlementThatMovesByItself_GetsRealTimeOnly(SettlementStatus moving)
    {
        var pace = Pace(samples: 2);
        var waiting = pace.PassAsync(SettlementStatus.Scheduled, CancellationToken.None);

        await pace.PassAsync(moving, CancellationToken.None).WaitAsync(Limit);

        steps.ShouldBeEmpty();
        waiting.IsCompleted.ShouldBeFalse();
        pace.Leave();
        await waiting.WaitAsync(Limit);
        steps.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Pass_TheServerIsGone_EverybodyHearsIt()
    {
        var pace = new SkippedPace(_ => Task.FromException(new InvalidOperationException("gone")), 1, TimeSpan.FromMilliseconds(1));

        (await Should.ThrowAsync<InvalidOperationException>(pace.PassAsync(SettlementStatus.Scheduled, CancellationToken.None).WaitAsync(Limit))).Message.ShouldBe("gone");
    }

    private SkippedPace Pace(int samples) => new(
        step =>
        {
            steps.Add(step);
            return Task.CompletedTask;
        },
        samples,
        TimeSpan.FromMilliseconds(1));
}
