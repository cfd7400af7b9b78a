using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Temporalio.Worker.Tuning;

namespace Temporalio.Worker.Polling;

/// <summary>
/// Keeps a number of long polls of one kind open while slots are free, and survives what goes wrong with them.
/// </summary>
internal sealed class PollerPool
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // A server that answers "nothing" at once, again and again, must not be asked in a busy loop.
    private static readonly TimeSpan SuspiciouslyShort = TimeSpan.FromMilliseconds(20);

    private readonly PollerPoolOptions options;
    private readonly Func<SlotPermit, CancellationToken, Task<PollResult>> poll;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int minimum;
    private readonly int maximum;
    private readonly bool scales;
    private int target;
    private int running;
    private Exception? fatal;

    /// <summary>Initializes a new instance of the <see cref="PollerPool"/> class.</summary>
    /// <param name="options">Numbers and slots.</param>
    /// <param name="poll">One poll. If it brings a task, it hands the permit on; otherwise the pool takes it back.</param>
    /// <param name="logger">Logger.</param>
    internal PollerPool(
        PollerPoolOptions options, Func<SlotPermit, CancellationToken, Task<PollResult>> poll, ILogger logger)
    {
        this.options = options;
        this.poll = poll;
        this.logger = logger;
        (minimum, maximum, target, scales) = options.Behavior switch
        {
            PollerBehavior.Autoscaling auto => (Math.Max(1, auto.Minimum), Math.Max(1, auto.Maximum), Math.Max(1, auto.Initial), true),
            PollerBehavior.SimpleMaximum simple => (Math.Max(1, simple.Maximum), Math.Max(1, simple.Maximum), Math.Max(1, simple.Maximum), false),
            var other => throw new ArgumentException($"Unknown poller behavior {other}", nameof(options)),
        };
    }

    /// <summary>Polls until told to stop.</summary>
    /// <param name="stop">No poll begins after this. The pool cancels it itself when the server refuses its polls for good: whoever
    /// owns it then shuts down, since the polls of others may stay open for as long as the server holds them.</param>
    /// <param name="abort">Cancels the polls that are still under way. A server that ends the polls of a worker that shuts
    /// down gets the time to do so, since a task that it hands to a cancelled poll is lost until it times out.</param>
    /// <returns>Task that ends when the last poll has ended.</returns>
    /// <exception cref="Exceptions.RpcException">The server refuses these polls for good.</exception>
    internal async Task RunAsync(CancellationTokenSource stop, CancellationToken abort)
    {
        var signals = new Signals(stop, abort);
        StartMissingPollers(signals);
        await finished.Task.ConfigureAwait(false);
        if (fatal != null)
        {
            ExceptionDispatchInfo.Throw(fatal);
        }
    }

    private void StartMissingPollers(Signals signals)
    {
        lock (gate)
        {
            for (; running < target && !signals.Stop.IsCancellationRequested; running++)
            {
                _ = Task.Run(() => PollerAsync(signals), CancellationToken.None);
            }
            Tell();
            if (running == 0)
            {
                finished.TrySetResult();
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever ends a poller ends the pool and is thrown to its owner")]
    private async Task PollerAsync(Signals signals)
    {
        var backoff = new Backoff(FirstPause, LongestPause);
        try
        {
            while (!signals.Stop.IsCancellationRequested)
            {
                if (TryRetire())
                {
                    return;
                }
                await PollOnceAsync(backoff, signals).ConfigureAwait(false);
            }
        }
        catch (Exception) when (signals.Stop.IsCancellationRequested)
        {
            logger.LogTrace("Poller for {What} stopped", options.What);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Poll for {What} failed for good", options.What);
            Interlocked.CompareExchange(ref fatal, e, null);
            await signals.Worker.CancelAsync().ConfigureAwait(false);
        }
        lock (gate)
        {
            running--;
            Tell();
            if (running == 0)
            {
                finished.TrySetResult();
            }
        }
    }

    private async Task PollOnceAsync(Backoff backoff, Signals signals)
    {
        var permit = await options.Slots.ReserveAsync(options.ReserveContext, signals.Stop).ConfigureAwait(false);
        var handedOn = false;
        TimeSpan pause;
        try
        {
            // The poll that the abort ended may have left its slot to one that still waited.
            signals.Stop.ThrowIfCancellationRequested();
            if (options.RateLimiter is { } limiter)
            {
                await limiter.WaitAsync(signals.Stop).ConfigureAwait(false);
            }
            var started = Stopwatch.GetTimestamp();
            var result = await poll(permit, signals.Abort).ConfigureAwait(false);
            handedOn = result.GotTask;
            Scale(result, signals);
            pause = result.GotTask || Stopwatch.GetElapsedTime(started) >= SuspiciouslyShort ? TimeSpan.Zero : backoff.Next();
        }
        catch (Exception e) when (!signals.Stop.IsCancellationRequested && PollFailures.Classify(e) != PollFailure.Fatal)
        {
            pause = backoff.Next();
            var level = PollFailures.Classify(e) == PollFailure.Empty ? LogLevel.Debug : LogLevel.Warning;
            logger.Log(level, e, "Poll for {What} failed, {Failures} in a row, next in {Pause}", options.What, backoff.Failures, pause);
        }
        finally
        {
            if (!handedOn)
            {
                options.Slots.Release(new(null, permit));
            }
        }
        if (pause == TimeSpan.Zero)
        {
            backoff.Reset();
            return;
        }
        await Task.Delay(pause, signals.Stop).ConfigureAwait(false);
    }

    private void Scale(PollResult result, Signals signals)
    {
        // Without advice, an empty poll means that one poller fewer would have done.
        var delta = result.PollersDelta ?? (result.GotTask ? 0 : -1);
        if (!scales || delta == 0)
        {
            return;
        }
        lock (gate)
        {
            target = Math.Clamp(target + delta, minimum, maximum);
        }
        StartMissingPollers(signals);
    }

    // The meter is the application's: if it throws, that must not stop the polling.
    [SuppressMessage("Design", "CA1031", Justification = "Ends in the log")]
    private void Tell()
    {
        try
        {
            options.PollersChanged?.Invoke(running);
        }
        catch (Exception e)
        {
            logger.LogDebug(e, "Number of polls for {What} was not counted", options.What);
        }
    }

    // The target never falls below one, so retirement alone never ends the pool.
    private bool TryRetire()
    {
        lock (gate)
        {
            if (running <= target)
            {
                return false;
            }
            running--;
            Tell();
            return true;
        }
    }

    private sealed record Signals(CancellationTokenSource Worker, CancellationToken Abort)
    {
        public CancellationToken Stop { get; } = Worker.Token;
    }
}
