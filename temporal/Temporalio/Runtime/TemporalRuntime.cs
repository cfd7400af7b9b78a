using System.Diagnostics.CodeAnalysis;
using Temporalio.Common;
using Temporalio.Runtime.Otlp;
using Temporalio.Runtime.Prometheus;

namespace Temporalio.Runtime;

/// <summary>What connections and workers share: telemetry. The official runtime also owns native threads; this one needs none.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The official type is not disposable; the finalizer ends the output of metrics.")]
public sealed class TemporalRuntime
{
    private const string DefaultPrefix = "temporal_";

    private static readonly Lazy<TemporalRuntime> LazyDefault = new(() => new TemporalRuntime(new TemporalRuntimeOptions()));

    private readonly Lazy<MetricMeter> metricMeter;
    private readonly Lazy<RuntimeMetrics> metrics;
    private readonly IDisposable? output;

    /// <summary>Initializes a new instance of the <see cref="TemporalRuntime"/> class.</summary>
    /// <param name="options">Options, copied.</param>
    /// <exception cref="ArgumentException">Options contradict each other, or Prometheus' address or OpenTelemetry's URL is none.</exception>
    /// <exception cref="InvalidOperationException">The address for Prometheus is taken.</exception>
    public TemporalRuntime(TemporalRuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = (TemporalRuntimeOptions)options.Clone();
        Log = new(Options.Telemetry.Logging);
        var telemetry = Options.Telemetry.Metrics ?? new();
        if (new object?[] { telemetry.Prometheus, telemetry.OpenTelemetry, telemetry.CustomMetricMeter }.Count(one => one != null) > 1)
        {
            throw new ArgumentException("Cannot have more than one of Prometheus, OpenTelemetry and a custom metric meter", nameof(options));
        }
        var (target, format) = (telemetry.CustomMetricMeter, telemetry.CustomMetricMeterOptions ?? new());
        if (telemetry.Prometheus is { } prometheus)
        {
            var meter = new PrometheusMeter(prometheus);
            output = new PrometheusEndpoint(prometheus.BindAddress ?? throw new ArgumentException("Prometheus needs a bind address", nameof(options)), meter.Render);
            (target, format) = (meter, FormatOf(prometheus.UseSecondsForDuration));
        }
        else if (telemetry.OpenTelemetry is { } collector)
        {
            var meter = new OtlpMeter(collector);
            output = new OtlpExporter(collector, meter, Log);
            (target, format) = (meter, FormatOf(collector.UseSecondsForDuration));
        }
        metricMeter = new(() => MakeMeter(telemetry, target, format));
        metrics = new(() => new RuntimeMetrics(MetricMeter, telemetry.MetricPrefix ?? DefaultPrefix, UnitOf(format)));
    }

    /// <summary>Finalizes an instance of the <see cref="TemporalRuntime"/> class. The official type cannot be disposed either.</summary>
    ~TemporalRuntime() => output?.Dispose();

    /// <summary>Gets the runtime of connections that name none; made when first asked for.</summary>
    public static TemporalRuntime Default => LazyDefault.Value;

    /// <summary>Gets what names that belong to Temporal begin with: no handler of yours may be named so.</summary>
    public static string ReservedNamePrefix => "__temporal_";

    /// <summary>Gets the meter for an application's own metrics; it keeps nothing if the runtime has no metrics.</summary>
    public MetricMeter MetricMeter => metricMeter.Value;

    /// <summary>Gets what this library counts of itself.</summary>
    internal RuntimeMetrics Metrics => metrics.Value;

    /// <summary>Gets the logs of the runtime itself.</summary>
    internal RuntimeLog Log { get; }

    /// <summary>Gets the options.</summary>
    internal TemporalRuntimeOptions Options { get; }

    private static CustomMetricMeterOptions FormatOf(bool seconds) => new()
    {
        HistogramDurationFormat = seconds
            ? CustomMetricMeterOptions.DurationFormat.FloatSeconds
            : CustomMetricMeterOptions.DurationFormat.IntegerMilliseconds,
    };

    private static string UnitOf(CustomMetricMeterOptions format) => format.HistogramDurationFormat switch
    {
        CustomMetricMeterOptions.DurationFormat.FloatSeconds => "s",
        CustomMetricMeterOptions.DurationFormat.TimeSpan => "duration",
        _ => "ms",
    };

    private static MetricMeter MakeMeter(MetricsOptions options, ICustomMetricMeter? target, CustomMetricMeterOptions format)
    {
        if (target == null) return MetricMeterNoop.Instance;
        var tags = new Dictionary<string, object>();
        if (options.AttachServiceName) tags["service_name"] = "temporal-core-sdk";
        foreach (var (name, value) in options.GlobalTags ?? []) tags[name] = value;
        return new MetricMeterCustom(target, format, tags);
    }
}
