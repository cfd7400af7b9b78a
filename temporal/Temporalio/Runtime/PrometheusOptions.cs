namespace Temporalio.Runtime;

/// <summary>Metrics that a Prometheus server reads over HTTP at <c>/metrics</c>.</summary>
public class PrometheusOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="PrometheusOptions"/> class.</summary>
    public PrometheusOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PrometheusOptions"/> class.</summary>
    /// <param name="bindAddress">Where to listen, <c>IP:port</c>.</param>
    public PrometheusOptions(string bindAddress) => BindAddress = bindAddress;

    /// <summary>Gets or sets where to listen, <c>IP:port</c>. Required.</summary>
    public string? BindAddress { get; set; }

    /// <summary>Gets or sets a value indicating whether names of counters end with <c>_total</c>.</summary>
    public bool HasCounterTotalSuffix { get; set; }

    /// <summary>Gets or sets a value indicating whether names end with their unit.</summary>
    public bool HasUnitSuffix { get; set; }

    /// <summary>Gets or sets a value indicating whether durations are in seconds; otherwise in whole milliseconds.</summary>
    public bool UseSecondsForDuration { get; set; }

    /// <summary>Gets or sets upper bounds of buckets by name of the histogram, prefix included, instead of the default ones.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<double>>? HistogramBucketOverrides { get; set; }

    /// <summary>Makes a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
