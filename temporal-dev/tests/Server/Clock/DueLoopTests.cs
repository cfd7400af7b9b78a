using Temporalio.DevServer.Clock;

namespace Temporalio.DevServer.Tests.Clock;

public class DueLoopTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Start_KeysDueNowSoonAndLaterThanWasWaitedFor_FiresEachOnce()
    {
        var clock = new WallClock();
        var times = new DueTimes<string>();
        var fired = System.Threading.Channels.Channel.CreateUnbounded<(string Key, DateTimeOffset At)>();
        await using var loop = new DueLoop<string>(times, clock, key => fired.Writer.WriteAsync((key, clock.Now)).AsTask(), atOnce: 2);
        var soon = clock.Now.AddMilliseconds(200);
        times.Set("soon", soon);
        loop.Start();
        times.Set("now", clock.Now);
        using var limit = new CancellationTokenSource(Generous);
        (await fired.Reader.ReadAsync(limit.Token)).Key.ShouldBe("now");
        var (key, at) = await fired.Reader.ReadAsync(limit.Token);
        key.ShouldBe("soon");
        at.ShouldBeGreaterThanOrEqualTo(soon);
        times.Set("again", clock.Now);
        (await fired.Reader.ReadAsync(limit.Token)).Key.ShouldBe("again");
        times.Count.ShouldBe(0);
    }

    [Fact]
    public async Task DisposeAsync_WhileAKeyIsDealtWith_WaitsForIt()
    {
        var times = new DueTimes<string>();
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var done = false;
        var loop = new DueLoop<string>(
            times,
            new WallClock(),
            async _ =>
            {
                begun.SetResult();
                await end.Task;
                done = true;
            },
            atOnce: 4);
        loop.Start();
        times.Set("a", DateTimeOffset.UtcNow);
        await begun.Task.WaitAsync(Generous);
        var disposing = loop.DisposeAsync().AsTask();
        disposing.IsCompleted.ShouldBeFalse();
        end.SetResult();
        await disposing.WaitAsync(Generous);
        done.ShouldBeTrue();
    }
}
