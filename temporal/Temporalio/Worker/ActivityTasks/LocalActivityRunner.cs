using System.Diagnostics;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Client;
using Temporalio.Worker.Tuning;
using Temporalio.Worker.WorkflowTasks;
using Temporalio.Workflows;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>
/// Runs local activities with their retries, timeouts and cancellation, which for normal activities are the server's affair.
/// </summary>
internal sealed class LocalActivityRunner : ILocalActivityRunner
{
    private readonly WorkerEnvironment environment;
    private readonly ActivityInvoker invoker;
    private readonly RunningActivities running;
    private readonly CancellationToken workerShutdown;
    private readonly ISlotPool slots;
    private readonly SlotReserveContext reserveContext;
    private readonly ILogger logger;

    /// <summary>Initializes a new instance of the <see cref="LocalActivityRunner"/> class.</summary>
    /// <param name="environment">Worker.</param>
    /// <param name="invoker">Calls activities.</param>
    /// <param name="running">Where attempts are known to the worker's shutdown.</param>
    /// <param name="workerShutdown">Cancelled when the worker begins to shut down.</param>
    /// <param name="slotSupplier">Limits how many run at a time.</param>
    internal LocalActivityRunner(
        WorkerEnvironment environment,
        ActivityInvoker invoker,
        RunningActivities running,
        CancellationToken workerShutdown,
        SlotSupplier slotSupplier)
    {
        this.environment = environment;
        this.invoker = invoker;
        this.running = running;
        this.workerShutdown = workerShutdown;
        logger = environment.LoggerFactory.CreateLogger<LocalActivityRunner>();
        slots = environment.Metrics.NewPool(slotSupplier, SlotType.LocalActivity, logger);
        reserveContext = new(SlotType.LocalActivity, environment.TaskQueue, environment.Identity, environment.BuildId, IsSticky: false);
    }

    /// <inheritdoc />
    public async Task<LocalActivityOutcome> RunAsync(LocalActivityRequest request, CancellationToken cancel)
    {
        var clock = new LocalActivityClock(request, TimeProvider.System);
        for (var attempt = request.Attempt; ; attempt++)
        {
            var started = Stopwatch.GetTimestamp();
            var outcome = await RunAttemptAsync(request, attempt, clock, cancel).ConfigureAwait(false);
            environment.Metrics.LocalActivityEnded(
                request.ActivityType, Stopwatch.GetElapsedTime(started), outcome, request.OriginalScheduleTime?.ToDateTime());
            var result = new LocalActivityOutcome { Attempt = attempt, Runtime = Stopwatch.GetElapsedTime(started) };
            if (outcome is ActivityOutcome.Completed completed)
            {
                return result with { Result = completed.Result };
            }
            if (outcome is ActivityOutcome.Cancelled cancelled)
            {
                return result with { Failure = Wrap(cancelled.Failure, request, RetryState.CancelRequested) };
            }
            ThrowIfShutDown(request);
            var failure = ((ActivityOutcome.Failed)outcome).Failure;
            var decision = Decide(request, attempt, failure, clock);
            result = result with { Failure = Wrap(failure, request, decision.State) };
            if (decision.Backoff is not { } backoff)
            {
                return result;
            }
            if (backoff > request.LocalRetryThreshold)
            {
                return result with { Backoff = backoff };
            }
            await WaitAsync(backoff, cancel).ConfigureAwait(false);
            ThrowIfShutDown(request);
            if (cancel.IsCancellationRequested)
            {
                return result with { Failure = Wrap(CancelledFailure(), request, RetryState.CancelRequested) };
            }
        }
    }

    private static RetryDecision Decide(LocalActivityRequest request, int attempt, Failure failure, LocalActivityClock clock)
    {
        if (failure.TimeoutFailureInfo is { } timeout && timeout.TimeoutType != TimeoutType.StartToClose)
        {
            return new(null, RetryState.Timeout);
        }
        var decision = RetryDecision.After(request.RetryPolicy, attempt, failure.ApplicationFailureInfo);
        return decision.Backoff is { } backoff && clock.Remaining() is { } remaining && backoff >= remaining
            ? new(null, RetryState.Timeout)
            : decision;
    }

    private static Failure Wrap(Failure cause, LocalActivityRequest request, RetryState state) => new()
    {
        Message = cause switch
        {
            { CanceledFailureInfo: not null } => "Local Activity cancelled",
            { TimeoutFailureInfo: not null } => "Local Activity timed out",
            _ => "Local Activity failed",
        },
        Cause = cause,
        ActivityFailureInfo = new()
        {
            ActivityType = new() { Name = request.ActivityType },
            ActivityId = request.ActivityId,
            RetryState = state,
        },
    };

    private static Failure CancelledFailure() =>
        new() { Message = "Cancelled", Source = "DotNetSDK", CanceledFailureInfo = new() };

    private static ActivityOutcome.Failed TimedOut(TimeoutType type) => new(new Failure
    {
        Message = "Activity timed out",
        Source = "DotNetSDK",
        TimeoutFailureInfo = new() { TimeoutType = type },
    });

    private async Task WaitAsync(TimeSpan backoff, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, running.ShutdownToken);
        await Task.Delay(backoff, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Not an outcome: the workflow must not see it. Its task fails, and the worker that gets it next runs the activity anew.
    private void ThrowIfShutDown(LocalActivityRequest request)
    {
        if (running.ShutdownToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(
                $"Worker shut down before local activity {request.ActivityType} had ended", running.ShutdownToken);
        }
    }

    private async Task<ActivityOutcome> RunAttemptAsync(
        LocalActivityRequest request, int number, LocalActivityClock clock, CancellationToken cancel)
    {
        SlotPermit permit;
        var (wait, waitKind) = clock.SlotWait();
        using (var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel))
        {
            if (wait is { } limit)
            {
                waiting.CancelAfter(limit > TimeSpan.Zero ? limit : TimeSpan.Zero);
            }
            try
            {
                permit = await slots.ReserveAsync(reserveContext, waiting.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return cancel.IsCancellationRequested ? new ActivityOutcome.Cancelled(CancelledFailure()) : TimedOut(waitKind);
            }
        }
        var attempt = NewAttempt(request, number);
        var ended = new TaskCompletionSource<ActivityOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var slot = new SlotInfo.LocalActivitySlotInfo(request.ActivityType);
        slots.MarkUsed(new(slot, permit));
        running.Start(attempt, () => environment.Options.ActivityTaskFactory
            .StartNew(() => ExecuteAsync(attempt, ended, slot, permit), CancellationToken.None).Unwrap());
        return await EndOfAsync(attempt, ended.Task, request, clock, cancel).ConfigureAwait(false);
    }

    // The workflow learns of a timeout, and of a cancellation that it does not wait for, at once; the code of the activity
    // may go on for a while, keeps its slot as long, and its result is dropped.
    private static async Task<ActivityOutcome> EndOfAsync(
        ActivityAttempt attempt, Task<ActivityOutcome> ended, LocalActivityRequest request, LocalActivityClock clock, CancellationToken cancel)
    {
        var (limit, limitKind) = clock.AttemptLimit();
        var waitsForEnd = request.CancellationType == ActivityCancellationType.WaitCancellationCompleted;
        await using var onCancel = cancel.Register(
            () => attempt.Cancel(ActivityCancelReason.CancelRequested, new() { IsCancelRequested = true })).ConfigureAwait(false);
        try
        {
            return await ended.WaitAsync(
                limit ?? Timeout.InfiniteTimeSpan, waitsForEnd ? CancellationToken.None : cancel).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!ended.IsCompleted)
        {
            attempt.Cancel(ActivityCancelReason.Timeout, new() { IsTimedOut = true });
            return TimedOut(limitKind);
        }
        catch (OperationCanceledException) when (!ended.IsCompleted)
        {
            return new ActivityOutcome.Cancelled(CancelledFailure());
        }
    }

    private async Task ExecuteAsync(
        ActivityAttempt attempt, TaskCompletionSource<ActivityOutcome> ended, SlotInfo slot, SlotPermit permit)
    {
        using (attempt)
        using (attempt.Context.Logger.BeginScope(attempt.Context.Info.LoggerScope))
        {
            try
            {
                // Local activities have no heartbeats: the workflow task that runs them is their sign of life.
                ended.SetResult(await invoker.RunAsync(attempt, heartbeat: _ => { }).ConfigureAwait(false));
            }
            catch (Exception e)
            {
                logger.LogError(e, "Local activity {ActivityType} could not be run to an end", attempt.Invocation.Info.ActivityType);
                ended.TrySetException(e);
                throw;
            }
            finally
            {
                slots.Release(new(slot, permit));
            }
        }
    }

    private ActivityAttempt NewAttempt(LocalActivityRequest request, int number)
    {
        var converter = environment.DataConverter.WithSerializationContext(new Converters.ISerializationContext.Activity(
            request.Namespace, request.WorkflowId, request.WorkflowType, request.ActivityType, request.TaskQueue, IsLocal: true));
        var now = DateTime.UtcNow;
        var info = new ActivityInfo(
            ActivityId: request.ActivityId,
            ActivityType: request.ActivityType,
            Attempt: number,
            CurrentAttemptScheduledTime: now,
            DataConverter: converter,
            HeartbeatDetails: [],
            HeartbeatTimeout: null,
            IsLocal: true,
            Namespace: request.Namespace,
            Priority: Common.Priority.Default,
            RetryPolicy: request.RetryPolicy,
            ScheduleToCloseTimeout: request.ScheduleToCloseTimeout,
            ScheduledTime: request.OriginalScheduleTime?.ToDateTime() ?? now,
            StartToCloseTimeout: request.StartToCloseTimeout,
            StartedTime: now,
            TaskQueue: request.TaskQueue,
            TaskToken: [],
            WorkflowId: request.WorkflowId,
            WorkflowNamespace: request.Namespace,
            WorkflowRunId: request.WorkflowRunId,
            WorkflowType: request.WorkflowType);
        // The workflow side applies the codec to whole tasks, so payloads come and go without it.
        var invocation = new ActivityInvocation(
            info, ByteString.Empty, [.. request.Arguments], request.Headers, converter with { PayloadCodec = null });
        return new(invocation, cancellation => new(
            info,
            cancellation,
            workerShutdown,
            ByteString.Empty,
            environment.LoggerFactory.CreateLogger($"Temporalio.Activity:{info.ActivityType}"),
            converter.PayloadConverter,
            environment.MetricMeter,
            environment.Client as ITemporalClient));
    }
}
