using System.Collections.Concurrent;
using System.Globalization;
using Temporalio.Runtime.Otlp.Wire;

namespace Temporalio.Runtime.Otlp;

/// <summary>Keeps the sums of metrics and writes them as messages of the OpenTelemetry protocol.</summary>
/// <param name="options">Options.</param>
internal sealed class OtlpMeter(OpenTelemetryOptions options) : ICustomMetricMeter
{
    private readonly ConcurrentDictionary<(string Name, MetricKind Kind, bool Integers), OtlpMetric> metrics = new();
    private ulong begin = Now();
    private ulong taken;

    private bool IsDelta => options.MetricTemporality == OpenTelemetryMetricTemporality.Delta;

    /// <inheritdoc />
    public ICustomMetricCounter<T> CreateCounter<T>(string name, string? unit, string? description)
        where T : struct => Create<T>(MetricKind.Counter, name, unit, description);

    /// <inheritdoc />
    public ICustomMetricHistogram<T> CreateHistogram<T>(string name, string? unit, string? description)
        where T : struct => Create<T>(MetricKind.Histogram, name, unit, description);

    /// <inheritdoc />
    public ICustomMetricGauge<T> CreateGauge<T>(string name, string? unit, string? description)
        where T : struct => Create<T>(MetricKind.Gauge, name, unit, description);

    /// <inheritdoc />
    public object CreateTags(object? appendFrom, IReadOnlyCollection<KeyValuePair<string, object>> tags) => new OtlpTags(appendFrom as OtlpTags, tags);

    /// <summary>What to send. Not to be called again before <see cref="Arrived"/> or the failure of the sending.</summary>
    /// <returns>All metrics; null if nothing was counted yet.</returns>
    internal ExportRequest? Take()
    {
        taken = Now();
        var found = metrics.Values.Select(metric => metric.Take(begin, taken, IsDelta)).OfType<Metric>().ToList();
        if (found.Count == 0)
        {
            return null;
        }
        var scope = new ScopeMetrics { Scope = new() { Name = "temporal-core-sdk" }, Metrics = { found } };
        var service = new KeyValue { Key = "service.name", Value = new() { StringValue = "temporal-core-sdk" } };
        return new() { ResourceMetrics = { new ResourceMetrics { Resource = new() { Attributes = { service } }, ScopeMetrics = { scope } } } };
    }

    /// <summary>A collector has what was taken last: sums of <see cref="OpenTelemetryMetricTemporality.Delta"/> begin anew there.</summary>
    internal void Arrived()
    {
        foreach (var metric in metrics.Values)
        {
            metric.Arrived();
        }
        if (IsDelta)
        {
            begin = taken;
        }
    }

    private static ulong Now() => (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    private Instrument<T> Create<T>(MetricKind kind, string name, string? unit, string? description)
        where T : struct
    {
        var integers = typeof(T) == typeof(long);
        return new(metrics.GetOrAdd(
            (name, kind, integers),
            key => new(name, kind, unit, description, integers, kind == MetricKind.Histogram ? HistogramBuckets.For(name, options.HistogramBucketOverrides, options.UseSecondsForDuration) : [])));
    }

    private sealed class Instrument<T>(OtlpMetric metric) : ICustomMetricCounter<T>, ICustomMetricHistogram<T>, ICustomMetricGauge<T>
        where T : struct
    {
        public void Add(T value, object tags) => Record(value, tags);

        public void Record(T value, object tags) => metric.Record((OtlpTags)tags, Convert.ToDouble(value, CultureInfo.InvariantCulture));

        public void Set(T value, object tags) => Record(value, tags);
    }
}
