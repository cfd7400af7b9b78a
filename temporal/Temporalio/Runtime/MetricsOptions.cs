namespace Temporalio.Runtime;

/// <summary>Metrics of a runtime: for Prometheus, for a collector of OpenTelemetry, or for a meter of the application; no two of them.</summary>
public class MetricsOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="MetricsOptions"/> class.</summary>
    public MetricsOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="MetricsOptions"/> class for Prometheus.</summary>
    /// <param name="prometheus">Prometheus options.</param>
    public MetricsOptions(PrometheusOptions prometheus) => Prometheus = prometheus;

    /// <summary>Initializes a new instance of the <see cref="MetricsOptions"/> class for a collector of OpenTelemetry.</summary>
    /// <param name="openTelemetry">OpenTelemetry options.</param>
    public MetricsOptions(OpenTelemetryOptions openTelemetry) => OpenTelemetry = openTelemetry;

    /// <summary>Gets or sets where Prometheus reads the metrics.</summary>
    public PrometheusOptions? Prometheus { get; set; }

    /// <summary>Gets or sets where metrics are sent.</summary>
    public OpenTelemetryOptions? OpenTelemetry { get; set; }

    /// <summary>Gets or sets the meter that receives the metrics; null for none.</summary>
    public ICustomMetricMeter? CustomMetricMeter { get; set; }

    /// <summary>Gets or sets how values reach the custom meter; null for the defaults.</summary>
    public CustomMetricMeterOptions? CustomMetricMeterOptions { get; set; }

    /// <summary>Gets or sets a value indicating whether every metric has the tag <c>service_name</c>.</summary>
    public bool AttachServiceName { get; set; } = true;

    /// <summary>Gets or sets tags on every metric.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? GlobalTags { get; set; }

    /// <summary>Gets or sets the prefix of the SDK's own metrics; unset means <c>temporal_</c>.</summary>
    public string? MetricPrefix { get; set; }

    /// <summary>Makes a copy; the meter and the tags are shared.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (MetricsOptions)MemberwiseClone();
        copy.Prometheus = (PrometheusOptions?)Prometheus?.Clone();
        copy.OpenTelemetry = (OpenTelemetryOptions?)OpenTelemetry?.Clone();
        copy.CustomMetricMeterOptions = (CustomMetricMeterOptions?)CustomMetricMeterOptions?.Clone();
        return copy;
    }
}
