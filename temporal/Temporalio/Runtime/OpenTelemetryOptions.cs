namespace Temporalio.Runtime;

/// <summary>Export of metrics to a collector of OpenTelemetry. <see cref="Url"/> is required.</summary>
public class OpenTelemetryOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="OpenTelemetryOptions"/> class.</summary>
    public OpenTelemetryOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="OpenTelemetryOptions"/> class.</summary>
    /// <param name="url">See <see cref="Url"/>.</param>
    public OpenTelemetryOptions(string url)
        : this(new Uri(url))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="OpenTelemetryOptions"/> class.</summary>
    /// <param name="url">See <see cref="Url"/>.</param>
    public OpenTelemetryOptions(Uri url) => Url = url;

    /// <summary>
    /// Gets or sets where the collector listens: <c>http://host:4317</c> for gRPC, the whole address with its path, as
    /// <c>http://host:4318/v1/metrics</c>, for HTTP; <c>https</c> for TLS.
    /// </summary>
    public Uri? Url { get; set; }

    /// <summary>Gets or sets headers of every export.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? Headers { get; set; }

    /// <summary>Gets or sets the time between exports; unset means one second.</summary>
    public TimeSpan? MetricsExportInterval { get; set; }

    /// <summary>Gets or sets what the sums begin with.</summary>
    public OpenTelemetryMetricTemporality MetricTemporality { get; set; } = OpenTelemetryMetricTemporality.Cumulative;

    /// <summary>Gets or sets a value indicating whether durations are seconds with fractions and not whole milliseconds.</summary>
    public bool UseSecondsForDuration { get; set; }

    /// <summary>Gets or sets how metrics are sent.</summary>
    public OpenTelemetryProtocol Protocol { get; set; } = OpenTelemetryProtocol.Grpc;

    /// <summary>Gets or sets upper bounds of histograms by the names of the metrics.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<double>>? HistogramBucketOverrides { get; set; }

    /// <summary>Makes a copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
