using System.Globalization;
using Temporalio.Runtime;

namespace Temporalio.Common;

/// <summary>The meter of a runtime with an <see cref="ICustomMetricMeter"/>.</summary>
internal sealed class MetricMeterCustom : MetricMeter
{
    private readonly ICustomMetricMeter meter;
    private readonly CustomMetricMeterOptions options;
    private readonly object tags;

    public MetricMeterCustom(ICustomMetricMeter meter, CustomMetricMeterOptions options, IEnumerable<KeyValuePair<string, object>> globalTags)
        : this(meter, options, MetricTags.Append(meter, null, globalTags))
    {
    }

    private MetricMeterCustom(ICustomMetricMeter meter, CustomMetricMeterOptions options, object tags)
    {
        this.meter = meter;
        this.options = options;
        this.tags = tags;
    }

    public override MetricCounter<T> CreateCounter<T>(string name, string? unit = null, string? description = null)
    {
        var target = meter.CreateCounter<long>(name, unit, description);
        return new Counter<T>(meter, tags, (value, at) => target.Add(ToLong(value), at), name, unit, description);
    }

    public override MetricHistogram<T> CreateHistogram<T>(string name, string? unit = null, string? description = null) =>
        new Histogram<T>(meter, tags, HistogramTarget<T>(name, unit, description), name, unit, description);

    public override MetricGauge<T> CreateGauge<T>(string name, string? unit = null, string? description = null) =>
        new Gauge<T>(meter, tags, GaugeTarget<T>(name, unit, description), name, unit, description);

    public override MetricMeter WithTags(IEnumerable<KeyValuePair<string, object>> tags) =>
        new MetricMeterCustom(meter, options, MetricTags.Append(meter, this.tags, tags));

    private static long ToLong<T>(T value)
        where T : struct => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static double ToDouble<T>(T value)
        where T : struct => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private Action<T, object> GaugeTarget<T>(string name, string? unit, string? description)
        where T : struct
    {
        if (MetricTags.IsFloat<T>())
        {
            var floats = meter.CreateGauge<double>(name, unit, description);
            return (value, at) => floats.Set(ToDouble(value), at);
        }
        var integers = meter.CreateGauge<long>(name, unit, description);
        return (value, at) => integers.Set(ToLong(value), at);
    }

    private Action<T, object> HistogramTarget<T>(string name, string? unit, string? description)
        where T : struct
    {
        if (typeof(T) == typeof(TimeSpan)) return DurationTarget<T>(name, unit, description);
        if (MetricTags.IsFloat<T>())
        {
            var floats = meter.CreateHistogram<double>(name, unit, description);
            return (value, at) => floats.Record(ToDouble(value), at);
        }
        var integers = meter.CreateHistogram<long>(name, unit, description);
        return (value, at) => integers.Record(ToLong(value), at);
    }

    private Action<T, object> DurationTarget<T>(string name, string? unit, string? description)
        where T : struct
    {
        switch (options.HistogramDurationFormat)
        {
            case CustomMetricMeterOptions.DurationFormat.FloatSeconds:
                var seconds = meter.CreateHistogram<double>(name, unit, description);
                return (value, at) => seconds.Record(((TimeSpan)(object)value).TotalSeconds, at);
            case CustomMetricMeterOptions.DurationFormat.TimeSpan:
                var spans = meter.CreateHistogram<TimeSpan>(name, unit, description);
                return (value, at) => spans.Record((TimeSpan)(object)value, at);
            default:
                var milliseconds = meter.CreateHistogram<long>(name, unit, description);
                return (value, at) => milliseconds.Record((long)((TimeSpan)(object)value).TotalMilliseconds, at);
        }
    }

    private sealed class Counter<T>(
        ICustomMetricMeter meter, object tags, Action<T, object> target, string name, string? unit, string? description)
        : MetricCounter<T>(name, unit, description)
        where T : struct
    {
        public override void Add(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null) =>
            target(value, extraTags is null ? tags : MetricTags.Append(meter, tags, extraTags));

        public override MetricCounter<T> WithTags(IEnumerable<KeyValuePair<string, object>> more) =>
            new Counter<T>(meter, MetricTags.Append(meter, tags, more), target, Name, Unit, Description);
    }

    private sealed class Histogram<T>(
        ICustomMetricMeter meter, object tags, Action<T, object> target, string name, string? unit, string? description)
        : MetricHistogram<T>(name, unit, description)
        where T : struct
    {
        public override void Record(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null) =>
            target(value, extraTags is null ? tags : MetricTags.Append(meter, tags, extraTags));

        public override MetricHistogram<T> WithTags(IEnumerable<KeyValuePair<string, object>> more) =>
            new Histogram<T>(meter, MetricTags.Append(meter, tags, more), target, Name, Unit, Description);
    }

    private sealed class Gauge<T>(
        ICustomMetricMeter meter, object tags, Action<T, object> target, string name, string? unit, string? description)
        : MetricGauge<T>(name, unit, description)
        where T : struct
    {
        public override void Set(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null) =>
            target(value, extraTags is null ? tags : MetricTags.Append(meter, tags, extraTags));

        public override MetricGauge<T> WithTags(IEnumerable<KeyValuePair<string, object>> more) =>
            new Gauge<T>(meter, MetricTags.Append(meter, tags, more), target, Name, Unit, Description);
    }
}
