using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Common;

namespace Temporalio.Runtime;

/// <summary>What connections and workers share: telemetry. The official runtime also owns native threads; this one needs none.</summary>
public sealed class TemporalRuntime
{
    private static readonly Lazy<TemporalRuntime> LazyDefault = new(() => new TemporalRuntime(new TemporalRuntimeOptions()));

    private readonly Lazy<MetricMeter> metricMeter;

    /// <summary>Initializes a new instance of the <see cref="TemporalRuntime"/> class.</summary>
    /// <param name="options">Options, copied.</param>
    public TemporalRuntime(TemporalRuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = (TemporalRuntimeOptions)options.Clone();
        metricMeter = new(() => MakeMeter(Options.Telemetry.Metrics));
    }

    /// <summary>Gets the runtime of connections that name none; made when first asked for.</summary>
    public static TemporalRuntime Default => LazyDefault.Value;

    /// <summary>Gets the meter for an application's own metrics; it keeps nothing if the runtime has no metrics.</summary>
    public MetricMeter MetricMeter => metricMeter.Value;

    /// <summary>Gets the logger of the runtime itself: what the logging options forward to, or none.</summary>
    internal ILogger Logger => Options.Telemetry.Logging?.Forwarding?.Logger ?? NullLogger.Instance;

    /// <summary>Gets the options.</summary>
    internal TemporalRuntimeOptions Options { get; }

    private static MetricMeter MakeMeter(MetricsOptions? options)
    {
        if (options?.CustomMetricMeter is not { } custom) return MetricMeterNoop.Instance;
        var tags = new Dictionary<string, object>();
        if (options.AttachServiceName) tags["service_name"] = "temporal-core-sdk";
        foreach (var (name, value) in options.GlobalTags ?? []) tags[name] = value;
        return new MetricMeterCustom(custom, options.CustomMetricMeterOptions ?? new CustomMetricMeterOptions(), tags);
    }
}
