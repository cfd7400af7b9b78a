using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Exceptions;
using Temporalio.Worker.Polling;
using Temporalio.Worker.Tuning;

namespace Temporalio.InTree.Tests.Worker;

public sealed class PollingTests
{
    private static readonly SlotReserveContext Context = new(SlotType.Activity, "queue", "me", string.Empty, false);

    [Theory]
    [InlineData(RpcException.StatusCode.Cancelled, PollFailure.Empty)]
    [InlineData(RpcException.StatusCode.DeadlineExceeded, PollFailure.Empty)]
    [InlineData(RpcException.StatusCode.Unavailable, PollFailure.Transient)]
    [InlineData(RpcException.StatusCode.ResourceExhausted, PollFailure.Transient)]
    [InlineData(RpcException.StatusCode.Internal, PollFailure.Transient)]
    [InlineData(RpcException.StatusCode.NotFound, PollFailure.Fatal)]
    [InlineData(RpcException.StatusCode.PermissionDenied, PollFailure.Fatal)]
    [InlineData(RpcException.StatusCode.Unauthenticated, PollFailure.Fatal)]
    [InlineData(RpcException.StatusCode.InvalidArgument, PollFailure.Fatal)]
    [InlineData(RpcException.StatusCode.Unimplemented, PollFailure.Fatal)]
    public void Classify_StatusCode_SaysWhatToDo(RpcException.StatusCode code, object expected) =>
        PollFailures.Classify(new RpcException(code, "x", null)).ShouldBe((PollFailure)expected);

    [Fact]
    public void Backoff_FailureAfterFailure_GrowsToTheLongestPause()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));

        var pauses = Enumerable.Range(0, 6).Select(_ => backoff.Next().TotalSeconds).ToArray();

        double[] nominal = [1, 2, 4, 8, 8, 8];
        for (var i = 0; i < nominal.Length; i++)
        {
            pauses[i].ShouldBeInRange(nominal[i] * 0.8, nominal[i] * 1.2);
        }
    }

    [Fact]
    public void Backoff_AfterReset_StartsAnew()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
        backoff.Next();
        backoff.Next();

        backoff.Reset();

        backoff.Next().TotalSeconds.ShouldBeInRange(0.8, 1.2);
    }

    [Fact]
    public async Task RateLimiter_ThirdTurn_ComesAfterTwoSpacings()
    {
        var time = new ManualTime();
        var limiter = new RateLimiter(2, time);
        await limiter.WaitAsync(CancellationToken.None);
        var second = limiter.WaitAsync(CancellationToken.None);
        var third = limiter.WaitAsync(CancellationToken.None);

        time.Advance(TimeSpan.FromMilliseconds(500));
        await second.WaitAsync(TimeSpan.FromSeconds(60));
        third.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(500));

        await third.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Run_WithAMaximum_KeepsThatManyPollsOpen()
    {
        var (open, most) = (0, 0);
        using var stop = new CancellationTokenSource();
        var pool = NewPool(new PollerBehavior.SimpleMaximum(3), 100, async (_, abort) =>
        {
            Highest(ref most, Interlocked.Increment(ref open));
            await Task.Delay(Timeout.Infinite, abort);
            return default;
        });

        var run = pool.RunAsync(stop, stop.Token);
        await Eventually.Async(() => Volatile.Read(ref open) == 3);
        await stop.CancelAsync();
        await run;

        most.ShouldBe(3);
    }

    [Fact]
    public async Task Run_WithoutFreeSlots_DoesNotPoll()
    {
        var polls = 0;
        using var stop = new CancellationTokenSource();
        var pool = NewPool(new PollerBehavior.SimpleMaximum(5), 2, async (_, abort) =>
        {
            Interlocked.Increment(ref polls);
            await Task.Delay(Timeout.Infinite, abort);
            return default;
        });

        var run = pool.RunAsync(stop, stop.Token);
        await Eventually.Async(() => Volatile.Read(ref polls) == 2);
        await stop.CancelAsync();
        await run;

        polls.ShouldBe(2);
    }

    [Fact]
    public async Task Run_AutoscalingToldToGrow_OpensMorePollsUpToTheMaximum()
    {
        var (open, grown) = (0, 0);
        using var stop = new CancellationTokenSource();
        var pool = NewPool(new PollerBehavior.Autoscaling(1, 4, 1), 100, async (_, abort) =>
        {
            if (Interlocked.Increment(ref grown) <= 10)
            {
                return new PollResult(GotTask: true, PollersDelta: 1);
            }
            Interlocked.Increment(ref open);
            await Task.Delay(Timeout.Infinite, abort);
            return default;
        });

        var run = pool.RunAsync(stop, stop.Token);
        await Eventually.Async(() => Volatile.Read(ref open) == 4);
        await stop.CancelAsync();
        await run;

        open.ShouldBe(4);
    }

    [Fact]
    public async Task Run_AutoscalingWithoutWork_ShrinksToTheMinimum()
    {
        var (open, most) = (0, 0);
        var release = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        var pool = NewPool(new PollerBehavior.Autoscaling(1, 10, 5), 100, async (_, abort) =>
        {
            Highest(ref most, Interlocked.Increment(ref open));
            await release.WaitAsync(abort);
            Interlocked.Decrement(ref open);
            return new PollResult(GotTask: false, PollersDelta: null);
        });

        var run = pool.RunAsync(stop, stop.Token);
        await Eventually.Async(() => Volatile.Read(ref open) == 5);
        release.Release(4);
        await Eventually.Async(() => Volatile.Read(ref open) == 1);
        await stop.CancelAsync();
        await run;

        most.ShouldBe(5);
    }

    [Fact]
    public async Task Run_FatalFailure_StopsTheWorkerWhileOtherPollsAreOpenAndIsThrown()
    {
        var open = 0;
        using var stop = new CancellationTokenSource();
        using var abort = new CancellationTokenSource();
        var pool = NewPool(new PollerBehavior.SimpleMaximum(3), 100, async (_, aborted) =>
        {
            if (Interlocked.Increment(ref open) == 3)
            {
                throw new RpcException(RpcException.StatusCode.NotFound, "no such namespace", null);
            }
            await Task.Delay(Timeout.Infinite, aborted);
            return default;
        });

        var run = pool.RunAsync(stop, abort.Token);
        await Eventually.Async(() => stop.IsCancellationRequested);
        run.IsCompleted.ShouldBeFalse("two polls are still open, and how they end is their owner's choice");
        await abort.CancelAsync();

        (await Should.ThrowAsync<RpcException>(run)).Code.ShouldBe(RpcException.StatusCode.NotFound);
    }

    [Fact]
    public async Task Run_EmptyAnswersAtOnce_ArePaced()
    {
        var polls = 0;
        using var stop = new CancellationTokenSource();
        var pool = NewPool(new PollerBehavior.SimpleMaximum(1), 100, (_, _) =>
        {
            Interlocked.Increment(ref polls);
            return Task.FromResult(default(PollResult));
        });

        var run = pool.RunAsync(stop, stop.Token);
        await Eventually.Async(() => Volatile.Read(ref polls) >= 3);
        var soFar = Volatile.Read(ref polls);
        await stop.CancelAsync();
        await run;

        // Three polls take two pauses of about 200 and 400 ms; a busy loop would have made thousands meanwhile.
        soFar.ShouldBeLessThan(10);
    }

    private static void Highest(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private static PollerPool NewPool(
        PollerBehavior behavior, int slots, Func<SlotPermit, CancellationToken, Task<PollResult>> poll) => new(
        new("tests", behavior, new FixedSizeSlotSupplier(slots).NewPool(SlotType.Activity, NullLogger.Instance), Context, null),
        poll,
        NullLogger.Instance);
}
