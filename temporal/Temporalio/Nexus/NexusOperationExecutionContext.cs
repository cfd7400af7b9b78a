using Microsoft.Extensions.Logging;
using NexusRpc.Handlers;
using Temporalio.Client;
using Temporalio.Common;

namespace Temporalio.Nexus;

/// <summary>What a Nexus operation handler can do in a Temporal worker. Flows with asynchronous calls.</summary>
public class NexusOperationExecutionContext
{
    private readonly Lazy<MetricMeter> metricMeter;
    private readonly ITemporalClient? temporalClient;

    /// <summary>Initializes a new instance of the <see cref="NexusOperationExecutionContext"/> class.</summary>
    /// <param name="handlerContext">The call.</param>
    /// <param name="info">Where it is handled.</param>
    /// <param name="logger">Logger of the call.</param>
    /// <param name="runtimeMetricMeter">Meter to tag for the call.</param>
    /// <param name="temporalClient">Client of the worker, if it has a full one.</param>
    internal NexusOperationExecutionContext(
        OperationContext handlerContext,
        NexusOperationInfo info,
        ILogger logger,
        Lazy<MetricMeter> runtimeMetricMeter,
        ITemporalClient? temporalClient)
    {
        HandlerContext = handlerContext;
        Info = info;
        Logger = logger;
        this.temporalClient = temporalClient;
        metricMeter = new(() => runtimeMetricMeter.Value.WithTags(new Dictionary<string, object>
        {
            ["nexus_service"] = handlerContext.Service,
            ["nexus_operation"] = handlerContext.Operation,
            ["task_queue"] = info.TaskQueue,
        }));
    }

    /// <summary>Gets a value indicating whether the calling code runs in a Nexus operation handler.</summary>
    public static bool HasCurrent => AsyncLocalCurrent.Value != null;

    /// <summary>Gets the context of the handler that the calling code runs in.</summary>
    /// <exception cref="InvalidOperationException">It runs in none.</exception>
    public static NexusOperationExecutionContext Current =>
        AsyncLocalCurrent.Value ?? throw new InvalidOperationException("No current Nexus operation context");

    /// <summary>Gets where the operation is handled.</summary>
    public NexusOperationInfo Info { get; private init; }

    /// <summary>Gets a logger whose entries carry the operation.</summary>
    public ILogger Logger { get; private init; }

    /// <summary>Gets a meter tagged with service, operation and task queue.</summary>
    public MetricMeter MetricMeter => metricMeter.Value;

    /// <summary>Gets the client of the worker.</summary>
    /// <exception cref="InvalidOperationException">The worker was made with something less than an <see cref="ITemporalClient"/>.</exception>
    public ITemporalClient TemporalClient => temporalClient ?? throw new InvalidOperationException(
        "No Temporal client available: the worker was made without an ITemporalClient");

    /// <summary>Gets where the current context is kept.</summary>
    internal static AsyncLocal<NexusOperationExecutionContext?> AsyncLocalCurrent { get; } = new();

    /// <summary>Gets the call.</summary>
    internal OperationContext HandlerContext { get; private init; }
}
