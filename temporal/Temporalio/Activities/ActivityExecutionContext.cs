using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Activities;

/// <summary>
/// What an activity can do besides its work. It flows with asynchronous calls: any code that an activity calls finds the
/// context of that activity in <see cref="Current" />.
/// </summary>
public class ActivityExecutionContext
{
    private readonly Lazy<MetricMeter> metricMeter;
    private readonly ITemporalClient? temporalClient;

    /// <summary>Initializes a new instance of the <see cref="ActivityExecutionContext"/> class.</summary>
    /// <param name="info">Info of the activity.</param>
    /// <param name="cancellationToken">Cancelled with the activity.</param>
    /// <param name="workerShutdownToken">Cancelled when the worker begins to shut down.</param>
    /// <param name="taskToken">Token of the attempt, empty for local activities.</param>
    /// <param name="logger">Logger of the activity.</param>
    /// <param name="payloadConverter">Payload converter of the worker.</param>
    /// <param name="runtimeMetricMeter">Meter to tag for the activity.</param>
    /// <param name="temporalClient">Client of the worker, if it has a full one.</param>
    internal ActivityExecutionContext(
        ActivityInfo info,
        CancellationToken cancellationToken,
        CancellationToken workerShutdownToken,
        ByteString taskToken,
        ILogger logger,
        IPayloadConverter payloadConverter,
        Lazy<MetricMeter> runtimeMetricMeter,
        ITemporalClient? temporalClient)
    {
        Info = info;
        CancellationToken = cancellationToken;
        WorkerShutdownToken = workerShutdownToken;
        TaskToken = taskToken;
        Logger = logger;
        PayloadConverter = payloadConverter;
        this.temporalClient = temporalClient;
        metricMeter = new(() => runtimeMetricMeter.Value.WithTags(new Dictionary<string, object>
        {
            ["namespace"] = info.Namespace,
            ["task_queue"] = info.TaskQueue,
            ["activity_type"] = info.ActivityType,
        }));
    }

    /// <summary>Gets a value indicating whether the calling code runs in an activity.</summary>
    public static bool HasCurrent => AsyncLocalCurrent.Value != null;

    /// <summary>Gets the context of the activity that the calling code runs in.</summary>
    /// <exception cref="InvalidOperationException">It runs in none.</exception>
    public static ActivityExecutionContext Current =>
        AsyncLocalCurrent.Value ?? throw new InvalidOperationException("No current context");

    /// <summary>Gets the facts about this attempt.</summary>
    public ActivityInfo Info { get; }

    /// <summary>Gets a logger whose entries carry the activity and its workflow.</summary>
    public ILogger Logger { get; }

    /// <summary>Gets why the activity was cancelled. Meaningful once <see cref="CancellationToken" /> is cancelled.</summary>
    public ActivityCancelReason CancelReason => CancelRef.CancelReason;

    /// <summary>
    /// Gets what was known when the activity was cancelled, null before. It does not change afterwards, even if for example
    /// a paused activity is resumed.
    /// </summary>
    public ActivityCancellationDetails? CancellationDetails => CancelRef.CancellationDetails;

    /// <summary>
    /// Gets the token that is cancelled with the activity. An activity hears of its cancellation only through heartbeats.
    /// </summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>
    /// Gets the token that is cancelled when the worker begins to shut down;
    /// <c>TemporalWorkerOptions.GracefulShutdownTimeout</c> later, <see cref="CancellationToken" /> is as well.
    /// </summary>
    public CancellationToken WorkerShutdownToken { get; }

    /// <summary>Gets the payload converter of the worker, in the context of this activity if it knows contexts.</summary>
    public IPayloadConverter PayloadConverter { get; }

    /// <summary>Gets a meter tagged with the namespace, task queue and type of this activity.</summary>
    public MetricMeter MetricMeter => metricMeter.Value;

    /// <summary>Gets the client of the worker.</summary>
    /// <exception cref="InvalidOperationException">There is none: a test environment without a client, or a worker made with
    /// something less than an <see cref="ITemporalClient" />.</exception>
    public ITemporalClient TemporalClient => temporalClient ?? throw new InvalidOperationException(
        "No Temporal client available. This could either be a test environment without a client set, or the worker was " +
        "created in an advanced way without an ITemporalClient instance.");

    /// <summary>Gets where the current context is kept.</summary>
    internal static AsyncLocal<ActivityExecutionContext?> AsyncLocalCurrent { get; } = new();

    /// <summary>
    /// Gets or sets what records a heartbeat. Set once the interceptors are chained, which they may see a context before.
    /// </summary>
    internal Action<object?[]>? Heartbeater { get; set; }

    /// <summary>Gets where reason and details of a cancellation are written.</summary>
    internal ActivityCancelRef CancelRef { get; init; } = new();

    /// <summary>Gets the token of this attempt, empty for local activities.</summary>
    internal ByteString TaskToken { get; }

    /// <summary>
    /// Tells the server that the activity is alive, and how far it is.
    /// </summary>
    /// <remarks>
    /// Every activity that takes more than a moment should do so: without heartbeats it cannot hear of its cancellation, and
    /// its failure is noticed late. Call it as often as you like: sending is throttled, and happens in the background, so
    /// that details that cannot be converted cancel the activity and then fail it.
    /// </remarks>
    /// <param name="details">How far it is; the next attempt finds this in <see cref="ActivityInfo.HeartbeatDetails" />.</param>
    /// <exception cref="InvalidOperationException">The activity has not begun.</exception>
    public void Heartbeat(params object?[] details)
    {
        var heartbeater = Heartbeater ?? throw new InvalidOperationException("Heartbeater not set yet");
        heartbeater(details);
    }
}
