using Temporalio.DevServer.Clock;
using Temporalio.DevServer.TestService;

namespace Temporalio.DevServer.Tests.TestService;

public sealed class SleepsTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task UntilAsync_UnlocksAtItsBegin_TheClockDoesNotPassTheSleeper()
    {
        await using var clock = new SkippingClock(TimeProvider.System, locks: 1);
        var start = clock.Now;
        var sleeps = new Sleeps(clock);
        clock.AddSource(() => start + (30 * Day));

        var slept = await sleeps.UntilAsync(start + Day, UnlockAndSkip, clock.Lock, default).WaitAsync(Patience);

        slept.ShouldBeTrue();
        clock.Locks.ShouldBe(1);
        clock.Now.ShouldBeInRange(start + Day, start + (2 * Day));

        // As on a machine that lets the clock's own thread run before this one goes on.
        bool UnlockAndSkip()
        {
            clock.TryUnlock().ShouldBeTrue();
            while (clock.TrySkip())
            {
            }
            return true;
        }
    }

    [Fact]
    public async Task UntilAsync_BeginIsRefused_DoesNotEndAndHoldsNoTime()
    {
        await using var clock = new SkippingClock(TimeProvider.System, locks: 1);
        var start = clock.Now;
        var sleeps = new Sleeps(clock);

        (await sleeps.UntilAsync(start + Day, () => false, () => throw new InvalidOperationException("It did not begin."), default)).ShouldBeFalse();

        clock.TryUnlock();
        clock.TrySkip().ShouldBeFalse("nobody sleeps");
    }
}
