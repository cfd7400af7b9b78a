using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Temporalio.Runtime.Prometheus;

/// <summary>Keeps the sums of metrics and writes them in the text form that Prometheus reads.</summary>
/// <param name="options">Options.</param>
internal sealed class PrometheusMeter(PrometheusOptions options) : ICustomMetricMeter
{
    private readonly ConcurrentDictionary<string, MetricFamily> families = new();

    /// <inheritdoc/>
    public ICustomMetricCounter<T> CreateCounter<T>(string name, string? unit, string? description)
        where T : struct => new Instrument<T>(Family(MetricKind.Counter, name, unit, description));

    /// <inheritdoc/>
    public ICustomMetricHistogram<T> CreateHistogram<T>(string name, string? unit, string? description)
        where T : struct => new Instrument<T>(Family(MetricKind.Histogram, name, unit, description));

    /// <inheritdoc/>
    public ICustomMetricGauge<T> CreateGauge<T>(string name, string? unit, string? description)
        where T : struct => new Instrument<T>(Family(MetricKind.Gauge, name, unit, description));

    /// <inheritdoc/>
    public object CreateTags(object? appendFrom, IReadOnlyCollection<KeyValuePair<string, object>> tags) =>
        new LabelSet((appendFrom as LabelSet)?.Labels, tags);

    /// <summary>Writes all metrics.</summary>
    /// <returns>Text, exposition format 0.0.4.</returns>
    internal string Render()
    {
        var text = new StringBuilder();
        foreach (var family in families.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            family.Write(text);
        }
        return text.ToString();
    }

    private MetricFamily Family(MetricKind kind, string name, string? unit, string? description)
    {
        var full = LabelSet.Sanitize(name);
        if (options.HasUnitSuffix && unit is { Length: > 0 })
        {
            full += "_" + LabelSet.Sanitize(unit);
        }
        if (options.HasCounterTotalSuffix && kind == MetricKind.Counter)
        {
            full += "_total";
        }
        // Two instruments of one name but different kinds would make the whole page unreadable: the later one gets a name of its own.
        var family = families.GetOrAdd(full, key => New(key, kind, name, description));
        return family.Kind == kind
            ? family
            : families.GetOrAdd($"{full}_{kind.ToString().ToLowerInvariant()}", key => New(key, kind, name, description));
    }

    private MetricFamily New(string key, MetricKind kind, string name, string? description) => new(
        key, kind, description, kind == MetricKind.Histogram ? HistogramBuckets.For(name, options.HistogramBucketOverrides, options.UseSecondsForDuration) : []);

    private sealed class Instrument<T>(MetricFamily family) : ICustomMetricCounter<T>, ICustomMetricHistogram<T>, ICustomMetricGauge<T>
        where T : struct
    {
        public void Add(T value, object tags) => family.Record((LabelSet)tags, ToDouble(value));

        public void Record(T value, object tags) => family.Record((LabelSet)tags, ToDouble(value));

        public void Set(T value, object tags) => family.Record((LabelSet)tags, ToDouble(value));

        private static double ToDouble(T value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
    }
}
