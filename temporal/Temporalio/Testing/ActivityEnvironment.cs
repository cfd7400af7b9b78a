using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Testing;

/// <summary>Runs activities without a worker: gives them an <see cref="ActivityExecutionContext"/>.</summary>
public record ActivityEnvironment
{
    private static readonly DateTime DefaultTime = new(1970, 1, 1, 1, 1, 1, DateTimeKind.Utc);

    /// <summary>The info of an activity that is given no other.</summary>
    public static readonly ActivityInfo DefaultInfo = new(
        ActivityId: "test",
        ActivityType: "unknown",
        Attempt: 1,
        CurrentAttemptScheduledTime: DefaultTime,
        DataConverter: DataConverter.Default,
        HeartbeatDetails: [],
        HeartbeatTimeout: null,
        IsLocal: false,
        Namespace: "default",
        Priority: Priority.Default,
        RetryPolicy: null,
        ScheduleToCloseTimeout: TimeSpan.FromSeconds(1),
        ScheduledTime: DefaultTime,
        StartToCloseTimeout: TimeSpan.FromSeconds(1),
        StartedTime: DefaultTime,
        TaskQueue: "test",
        TaskToken: "test"u8.ToArray(),
        WorkflowId: "test",
        WorkflowNamespace: "default",
        WorkflowRunId: "test-run",
        WorkflowType: "test");

    /// <summary>Gets the info of the activity.</summary>
    public ActivityInfo Info { get; init; } = DefaultInfo;

    /// <summary>Gets the logger of the activity; the default logs nothing.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Gets the payload converter.</summary>
    public IPayloadConverter PayloadConverter { get; init; } = DataConverter.Default.PayloadConverter;

    /// <summary>Gets the meter; null for one that keeps nothing.</summary>
    public MetricMeter? MetricMeter { get; init; }

    /// <summary>Gets the client that the activity sees; null for none.</summary>
    public ITemporalClient? TemporalClient { get; init; }

    /// <summary>Gets or sets the reason of cancellation; <see cref="Cancel()"/> sets it too.</summary>
    public ActivityCancelReason CancelReason
    {
        get => CancelRef.CancelReason;
        set => CancelRef.CancelReason = value;
    }

    /// <summary>Gets or sets the details of cancellation; <see cref="Cancel()"/> sets them too.</summary>
    public ActivityCancellationDetails? CancellationDetails
    {
        get => CancelRef.CancellationDetails;
        set => CancelRef.CancellationDetails = value;
    }

    /// <summary>Gets the source of the activity's cancellation token.</summary>
    public CancellationTokenSource CancellationTokenSource { get; init; } = new();

    /// <summary>Gets the source of the worker's shutdown token.</summary>
    public CancellationTokenSource WorkerShutdownTokenSource { get; init; } = new();

    /// <summary>Gets what heartbeats call; the default does nothing.</summary>
    public Action<object?[]> Heartbeater { get; init; } = _ => { };

    /// <summary>Gets where reason and details are kept.</summary>
    internal ActivityCancelRef CancelRef { get; } = new();

    /// <summary>Runs an activity.</summary>
    /// <param name="activity">The activity.</param>
    /// <returns>Task that ends with it.</returns>
    public Task RunAsync(Action activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return RunAsync(() =>
        {
            activity();
            return Task.CompletedTask;
        });
    }

    /// <summary>Runs an activity.</summary>
    /// <typeparam name="T">Result type.</typeparam>
    /// <param name="activity">The activity.</param>
    /// <returns>Its result.</returns>
    public Task<T> RunAsync<T>(Func<T> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return RunAsync(() => Task.FromResult(activity()));
    }

    /// <summary>Runs an activity.</summary>
    /// <param name="activity">The activity.</param>
    /// <returns>Task that ends with it.</returns>
    public Task RunAsync(Func<Task> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return RunAsync<object?>(async () =>
        {
            await activity().ConfigureAwait(false);
            return null;
        });
    }

    /// <summary>Runs an activity.</summary>
    /// <typeparam name="T">Result type.</typeparam>
    /// <param name="activity">The activity.</param>
    /// <returns>Its result.</returns>
    public async Task<T> RunAsync<T>(Func<Task<T>> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        try
        {
            ActivityExecutionContext.AsyncLocalCurrent.Value = new(
                Info,
                CancellationTokenSource.Token,
                WorkerShutdownTokenSource.Token,
                ByteString.Empty,
                Logger,
                PayloadConverter,
                new(() => MetricMeter ?? MetricMeterNoop.Instance),
                TemporalClient)
            {
                Heartbeater = Heartbeater,
                CancelRef = CancelRef,
            };
            return await activity().ConfigureAwait(false);
        }
        finally
        {
            ActivityExecutionContext.AsyncLocalCurrent.Value = null;
        }
    }

    /// <summary>Requests cancellation, if it has not been requested yet.</summary>
    public void Cancel() => Cancel(ActivityCancelReason.CancelRequested);

    /// <summary>Requests cancellation, if it has not been requested yet.</summary>
    /// <param name="reason">Why.</param>
    public void Cancel(ActivityCancelReason reason) => Cancel(reason, new() { IsCancelRequested = true });

    /// <summary>Requests cancellation, if it has not been requested yet.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="details">Details.</param>
    public void Cancel(ActivityCancelReason reason, ActivityCancellationDetails details)
    {
        if (CancellationTokenSource.IsCancellationRequested) return;
        CancelReason = reason;
        CancellationDetails = details;
        CancellationTokenSource.Cancel();
    }
}
