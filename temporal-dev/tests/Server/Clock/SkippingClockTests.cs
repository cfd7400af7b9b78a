using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Tests.Clock;

/// <summary>When time may skip, and where to.</summary>
public sealed class SkippingClockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly RunKey Run = new("11111111-1111-1111-1111-111111111111", "w", "22222222-2222-2222-2222-222222222222");

    [Fact]
    public async Task Unlocked_SomethingIsDueInADay_GoesThereAtOnceAndNoFurther()
    {
        await using var clock = new SkippingClock(TimeProvider.System, locks: 1);
        var due = clock.Now + Day;
        DateTimeOffset? next = due;
        clock.AddSource(() => next);

        clock.TryUnlock().ShouldBeTrue();
        await clock.WaitUntilAsync(due, default).WaitAsync(Patience);
        next = null;

        clock.Now.ShouldBeGreaterThanOrEqualTo(due);
        clock.Now.ShouldBeLessThan(due + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Unlocked_SeveralAreDue_GoesToTheEarliestFirst()
    {
        await using var clock = new SkippingClock(TimeProvider.System, locks: 1);
        var times = new DueTimes<string>();
        clock.AddSource(() => times.Earliest);
        var start = clock.Now;
        times.Set("late", start + (2 * Day));
        times.Set("early", start + Day);
        times.Set("middle", start + (1.5 * Day));
        var fired = new List<(string Key, DateTimeOffset At)>();
        await using var loop = new DueLoop<string>(times, clock, key =>
        {
            fired.Add((key, clock.Now));
            return Task.CompletedTask;
        }, atOnce: 1);
        loop.Start();

        clock.TryUnlock();
        await clock.WaitUntilAsync(start + (2 * Day), default).WaitAsync(Patience);
        await UntilAsync(() => fired.Count == 3);

        fired.Select(f => f.Key).ShouldBe(["early", "middle", "late"]);
        fired[0].At.ShouldBeLessThan(start + (1.5 * Day));
        fired[1].At.ShouldBeLessThan(start + (2 * Day));
    }

    [Theory]
    [InlineData("locked")]
    [InlineData("held")]
    [InlineData("working")]
    public async Task NotIdle_SomethingIsDue_DoesNotSkipUntilItIs(string reason)
    {
        await using var clock = new SkippingClock(TimeProvider.System, locks: 1);
        var due = clock.Now + Day;
        DateTimeOffset? next = due;
        clock.AddSource(() => next);
        var hold = reason == "held" ? clock.Hold() : null;
        clock.Report(Run, reason == "working");
        if (reason != "locked")
            clock.TryUnlock();

        clock.TrySkip().ShouldBeFalse();
        clock.Now.ShouldBeLessThan(due);
        if (reason == "locked")
            clock.TryUnlock();
        hold?.Dispose();
        clock.Report(Run, isWorking: false);

        await clock.WaitUntilAsync(due, default).WaitAsync(Patience);
        next = null;
    }

    [Fact]
    public async Task Locks_AreCounted_AndNothingIsUnlockedTwice()
    {
        await using var clock = new SkippingClock(TimeProvider.System, locks: 1);
        clock.Lock();

        (clock.TryUnlock(), clock.Locks).ShouldBe((true, 1));
        (clock.TryUnlock(), clock.Locks).ShouldBe((true, 0));
        (clock.TryUnlock(), clock.Locks).ShouldBe((false, 0));
    }

    [Fact]
    public async Task WaitUntil_TimeThatComesByItself_ReturnsWithoutSkipping()
    {
        await using var clock = new SkippingClock(TimeProvider.System, locks: 1);
        var start = clock.Now;

        await clock.WaitUntilAsync(start + TimeSpan.FromMilliseconds(30), default).WaitAsync(Patience);

        clock.Now.ShouldBeGreaterThanOrEqualTo(start + TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public async Task WaitUntil_Cancelled_EndsAtOnce()
    {
        await using var clock = new SkippingClock(TimeProvider.System, locks: 1);
        using var source = new CancellationTokenSource();
        var waiting = clock.WaitUntilAsync(clock.Now + Day, source.Token);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Skip_SourceNamedSomethingEarlierMeanwhile_DoesNotPassOverIt()
    {
        await using var clock = new SkippingClock(TimeProvider.System, locks: 1);
        var start = clock.Now;
        var isFirst = true;
        clock.AddSource(() =>
        {
            if (!isFirst)
                return start + Day;
            // Between the question and the answer somebody worked and set a timer that this source did not know yet.
            isFirst = false;
            clock.Report(Run, isWorking: true);
            clock.Report(Run, isWorking: false);
            return start + (1_000 * Day);
        });

        clock.TryUnlock();
        await clock.WaitUntilAsync(start + Day, default).WaitAsync(Patience);

        clock.Now.ShouldBeLessThan(start + (2 * Day));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(5, patience.Token);
    }
}
