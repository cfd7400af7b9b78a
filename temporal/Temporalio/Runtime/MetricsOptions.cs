namespace Temporalio.Runtime;

/// <summary>Metrics of a runtime.</summary>
public class MetricsOptions : ICloneable
{
    /// <summary>Gets or sets the meter that receives the metrics; null for none.</summary>
    public ICustomMetricMeter? CustomMetricMeter { get; set; }

    /// <summary>Gets or sets tags on every metric.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? GlobalTags { get; set; }

    /// <summary>Gets or sets the prefix of the SDK's own metrics; unset means <c>temporal_</c>.</summary>
    public string? MetricPrefix { get; set; }

    /// <summary>Makes a shallow copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
