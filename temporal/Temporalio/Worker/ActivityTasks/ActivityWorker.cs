using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Worker.Polling;
using Temporalio.Worker.Tuning;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>
/// Runs activities: polls for tasks while slots are free, runs each, reports how it ended, and lets go of all of them at
/// shutdown.
/// </summary>
internal sealed class ActivityWorker : IDisposable
{
    /// <summary>How much later than the server a timeout is noticed here, the same as in the official core.</summary>
    internal static readonly TimeSpan DeadlineGrace = TimeSpan.FromSeconds(5);

    private readonly WorkerEnvironment environment;
    private readonly ActivityInvoker invoker;
    private readonly ActivityReporter reporter;
    private readonly RunningActivities running = new();
    private readonly CancellationTokenSource workerShutdown = new();
    private readonly CancellationTokenSource drained = new();
    private readonly ISlotPool slots;
    private readonly SlotReserveContext reserveContext;
    private readonly PollActivityTaskQueueRequest pollRequest;
    private readonly ILogger logger;
    private Task graceOver = Task.CompletedTask;

    /// <summary>Initializes a new instance of the <see cref="ActivityWorker"/> class.</summary>
    /// <param name="environment">Worker.</param>
    /// <param name="registry">Its activities.</param>
    /// <param name="tuner">Limits how many run at a time.</param>
    internal ActivityWorker(WorkerEnvironment environment, ActivityRegistry registry, WorkerTuner tuner)
    {
        this.environment = environment;
        logger = environment.LoggerFactory.CreateLogger<ActivityWorker>();
        invoker = new(registry, environment.Interceptors);
        reporter = new(environment, logger);
        slots = environment.Metrics.NewPool(tuner.ActivityTaskSlotSupplier, SlotType.Activity, logger);
        reserveContext = new(SlotType.Activity, environment.TaskQueue, environment.Identity, environment.BuildId, IsSticky: false);
        pollRequest = NewPollRequest(environment);
        LocalActivities = new(environment, invoker, running, workerShutdown.Token, tuner.LocalActivitySlotSupplier);
    }

    /// <summary>Gets what runs local activities.</summary>
    internal LocalActivityRunner LocalActivities { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        workerShutdown.Dispose();
        drained.Dispose();
        running.Dispose();
    }

    /// <summary>Polls and runs activities.</summary>
    /// <param name="stop">No poll begins after this; what runs goes on. Cancelled here when the server refuses the polls for good.</param>
    /// <param name="abort">Cancels polls under way.</param>
    /// <returns>Task that ends when polling has.</returns>
    /// <exception cref="Exceptions.RpcException">The server refuses the polls for good.</exception>
    internal async Task PollAsync(CancellationTokenSource stop, CancellationToken abort)
    {
        var bridge = environment.BridgeWorker;
        var starting = StartWhatComesAsync(bridge, stop);
        try
        {
            await NewPollers().RunAsync(stop, abort).ConfigureAwait(false);
        }
        finally
        {
            bridge.EndActivities();
            await starting.ConfigureAwait(false);
        }
    }

    /// <summary>Takes a slot for an activity that comes with the answer to a workflow task, if one is free.</summary>
    /// <returns>The permit, or null.</returns>
    internal SlotPermit? TryReserveEager() => slots.TryReserve(reserveContext);

    /// <summary>Gives back a slot that was taken for nothing.</summary>
    /// <param name="permit">The permit.</param>
    internal void ReleaseEager(SlotPermit permit) => slots.Release(new(null, permit));

    /// <summary>Runs an activity, and returns at once.</summary>
    /// <param name="task">The task as the server sent it.</param>
    /// <param name="permit">Its slot; released when the server knows how it ended.</param>
    internal void Start(PollActivityTaskQueueResponse task, SlotPermit permit)
    {
        var slot = new SlotInfo.ActivitySlotInfo(task.ActivityType.Name);
        var attempt = NewAttempt(task);
        slots.MarkUsed(new(slot, permit));
        running.Start(attempt, () => environment.Options.ActivityTaskFactory
            .StartNew(() => RunAsync(attempt, slot, permit), CancellationToken.None).Unwrap());
    }

    /// <summary>
    /// Tells all activities that the worker shuts down, and cancels them, and whatever still comes, when their grace is over.
    /// </summary>
    internal void BeginShutdown()
    {
        var grace = environment.Options.GracefulShutdownTimeout;
        if (running.Count > 0)
        {
            logger.LogInformation(
                "Activity worker shuts down, {Count} activities have {GracefulShutdownTimeout} to end", running.Count, grace);
        }
        graceOver = CancelAfterGraceAsync(grace);
    }

    /// <summary>Waits for all activities. Call it when polling has ended.</summary>
    /// <returns>Task that ends when none is left. One that does not obey its cancellation keeps it waiting.</returns>
    internal async Task DrainAsync()
    {
        await running.WhenEmptyAsync().ConfigureAwait(false);
        await drained.CancelAsync().ConfigureAwait(false);
        await graceOver.ConfigureAwait(false);
    }

    private static PollActivityTaskQueueRequest NewPollRequest(WorkerEnvironment environment) => new()
    {
        Namespace = environment.Namespace,
        TaskQueue = new() { Name = environment.TaskQueue, Kind = Api.Enums.V1.TaskQueueKind.Normal },
        Identity = environment.Identity,
        WorkerInstanceKey = environment.InstanceKey,
        TaskQueueMetadata = environment.Options.MaxTaskQueueActivitiesPerSecond is { } rate
            ? new() { MaxTasksPerSecond = rate }
            : null,
        DeploymentOptions = environment.Deployment,
    };

    private async Task CancelAfterGraceAsync(TimeSpan grace)
    {
        await workerShutdown.CancelAsync().ConfigureAwait(false);
        if (grace > TimeSpan.Zero)
        {
            await Task.Delay(grace, drained.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        running.CancelAllForShutdown();
    }

    private PollerPool NewPollers()
    {
        var options = environment.Options;
        return new PollerPool(
            new(
                $"activities on {environment.TaskQueue}",
                options.ActivityTaskPollerBehavior ?? new PollerBehavior.SimpleMaximum(options.MaxConcurrentActivityTaskPolls),
                slots,
                reserveContext,
                options.MaxActivitiesPerSecond is { } rate ? new(rate, TimeProvider.System) : null)
            {
                PollersChanged = environment.Metrics.Pollers("activity_task"),
            },
            PollOnceAsync,
            logger);
    }

    // A supplier of slots or a converter that throws costs this activity, which its timeout brings back, and not the worker.
    [SuppressMessage("Design", "CA1031", Justification = "Ends in the log")]
    private void StartOrLeave(Bridge.Api.ActivityTask.ActivityTask task)
    {
        try
        {
            Start(task.Start, task.Permit);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Activity {ActivityType} could not be started", task.Start.ActivityType?.Name);
            slots.Release(new(null, task.Permit));
        }
    }

    // Activities are started one after the other, here and not by the poller that brought them, so that one place can be replaced.
    private async Task StartWhatComesAsync(Bridge.Worker bridge, CancellationTokenSource stop)
    {
        try
        {
            while (await bridge.PollActivityTaskAsync().ConfigureAwait(false) is { } task)
            {
                StartOrLeave(task);
            }
        }
        catch (Exception e)
        {
            logger.LogError(e, "Activities on {TaskQueue} cannot be taken any more", environment.TaskQueue);
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            // What came after that goes back by its timeout.
            while (bridge.TryTakeActivity() is { } left)
            {
                slots.Release(new(null, left.Permit));
            }
        }
    }

    private static TimeSpan? Positive(Duration? duration) =>
        duration?.ToTimeSpan() is { } value && value > TimeSpan.Zero ? value : null;

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private async Task<PollResult> PollOnceAsync(SlotPermit permit, CancellationToken abort)
    {
        var task = await environment.Service.PollActivityTaskQueueAsync(
            pollRequest,
            new() { Retry = false, CancellationToken = abort }).ConfigureAwait(false);
        var delta = task.PollerScalingDecision?.PollRequestDeltaSuggestion;
        environment.Metrics.Polled(workflow: false, gotTask: !task.TaskToken.IsEmpty);
        if (task.TaskToken.IsEmpty)
        {
            return new(GotTask: false, delta);
        }
        environment.BridgeWorker.AddActivity(new(task, permit));
        return new(GotTask: true, delta);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody waits for this but the worker's shutdown, so every failure ends in the log")]
    private async Task RunAsync(ActivityAttempt attempt, SlotInfo slot, SlotPermit permit)
    {
        try
        {
            using (attempt)
            using (attempt.Context.Logger.BeginScope(attempt.Context.Info.LoggerScope))
            using (var deadlines = new AttemptDeadlines(attempt, DeadlineGrace, TimeProvider.System))
            using (var heartbeats = new ActivityHeartbeats(environment, attempt, deadlines.HeartbeatAcknowledged))
            {
                var info = attempt.Context.Info;
                environment.Metrics.ActivityCame(info.ActivityType, info.StartedTime - info.CurrentAttemptScheduledTime);
                var begin = Stopwatch.GetTimestamp();
                var outcome = await invoker.RunAsync(attempt, heartbeats.Record).ConfigureAwait(false);
                environment.Metrics.ActivityEnded(
                    info.ActivityType, Stopwatch.GetElapsedTime(begin), outcome is ActivityOutcome.Failed, info.ScheduledTime);
                // An answer "cancelled" has no room for heartbeat details, so they go ahead of it.
                await heartbeats.FinishAsync(flush: outcome is ActivityOutcome.Cancelled && !attempt.IsGone).ConfigureAwait(false);
                if (!attempt.IsGone)
                {
                    var details = outcome is ActivityOutcome.Failed ? await heartbeats.LastDetailsAsync().ConfigureAwait(false) : null;
                    await reporter.ReportAsync(attempt, outcome, details).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            logger.LogError(e, "Activity {ActivityType} could not be run to an end", attempt.Invocation.Info.ActivityType);
        }
        finally
        {
            slots.Release(new(slot, permit));
        }
    }

    private ActivityAttempt NewAttempt(PollActivityTaskQueueResponse task)
    {
        var invocation = NewInvocation(task);
        var info = invocation.Info;
        var client = environment.Client;
        return new(invocation, cancellation => new(
            info,
            cancellation,
            workerShutdown.Token,
            task.TaskToken,
            environment.LoggerFactory.CreateLogger($"Temporalio.Activity:{info.ActivityType}"),
            invocation.Converter.PayloadConverter,
            environment.MetricMeter,
            client as ITemporalClient));
    }

    private ActivityInvocation NewInvocation(PollActivityTaskQueueResponse task)
    {
        var taskNamespace = NonEmpty(task.WorkflowNamespace) ?? environment.Namespace;
        var workflowId = NonEmpty(task.WorkflowExecution?.WorkflowId);
        var converter = environment.DataConverter.WithSerializationContext(new ISerializationContext.Activity(
            taskNamespace,
            workflowId ?? string.Empty,
            task.WorkflowType?.Name ?? string.Empty,
            task.ActivityType.Name,
            environment.TaskQueue,
            IsLocal: false));
        var info = new ActivityInfo(
            ActivityId: task.ActivityId,
            ActivityType: task.ActivityType.Name,
            Attempt: Math.Max(1, task.Attempt),
            CurrentAttemptScheduledTime: Utc(task.CurrentAttemptScheduledTime ?? task.ScheduledTime),
            DataConverter: converter,
            HeartbeatDetails: task.HeartbeatDetails?.Payloads_ ?? new RepeatedField<Payload>(),
            HeartbeatTimeout: Positive(task.HeartbeatTimeout),
            IsLocal: false,
            Namespace: taskNamespace,
            Priority: task.Priority is { } priority ? new(priority) : Common.Priority.Default,
            RetryPolicy: task.RetryPolicy is { } policy ? Common.RetryPolicy.FromProto(policy) : null,
            ScheduleToCloseTimeout: Positive(task.ScheduleToCloseTimeout),
            ScheduledTime: Utc(task.ScheduledTime),
            StartToCloseTimeout: Positive(task.StartToCloseTimeout),
            StartedTime: Utc(task.StartedTime),
            TaskQueue: environment.TaskQueue,
            TaskToken: task.TaskToken.ToByteArray(),
            WorkflowId: workflowId,
            WorkflowNamespace: workflowId == null ? null : taskNamespace,
            WorkflowRunId: workflowId == null ? null : task.WorkflowExecution?.RunId,
            WorkflowType: workflowId == null ? null : task.WorkflowType?.Name);
        return new(info, task.TaskToken, (IReadOnlyList<Payload>?)task.Input?.Payloads_ ?? [], task.Header?.Fields.AsReadOnly(), converter);
    }

    private static DateTime Utc(Timestamp? time) => time?.ToDateTime() ?? DateTime.MinValue;
}
