using Temporalio.Common;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>A meter that counts nothing while a workflow is replayed: then it has counted already.</summary>
/// <param name="meter">Where it counts.</param>
/// <param name="isSilent">Whether the workflow is being replayed.</param>
internal sealed class ReplaySafeMetricMeter(MetricMeter meter, Func<bool> isSilent) : MetricMeter
{
    /// <inheritdoc/>
    public override MetricCounter<T> CreateCounter<T>(string name, string? unit = null, string? description = null) =>
        new Counter<T>(meter.CreateCounter<T>(name, unit, description), isSilent);

    /// <inheritdoc/>
    public override MetricHistogram<T> CreateHistogram<T>(string name, string? unit = null, string? description = null) =>
        new Histogram<T>(meter.CreateHistogram<T>(name, unit, description), isSilent);

    /// <inheritdoc/>
    public override MetricGauge<T> CreateGauge<T>(string name, string? unit = null, string? description = null) =>
        new Gauge<T>(meter.CreateGauge<T>(name, unit, description), isSilent);

    /// <inheritdoc/>
    public override MetricMeter WithTags(IEnumerable<KeyValuePair<string, object>> tags) =>
        new ReplaySafeMetricMeter(meter.WithTags(tags), isSilent);

    private sealed class Counter<T>(MetricCounter<T> target, Func<bool> isSilent)
        : MetricCounter<T>(target.Name, target.Unit, target.Description)
        where T : struct
    {
        public override void Add(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null)
        {
            if (!isSilent())
            {
                target.Add(value, extraTags);
            }
        }

        public override MetricCounter<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags) =>
            new Counter<T>(target.WithTags(tags), isSilent);
    }

    private sealed class Histogram<T>(MetricHistogram<T> target, Func<bool> isSilent)
        : MetricHistogram<T>(target.Name, target.Unit, target.Description)
        where T : struct
    {
        public override void Record(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null)
        {
            if (!isSilent())
            {
                target.Record(value, extraTags);
            }
        }

        public override MetricHistogram<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags) =>
            new Histogram<T>(target.WithTags(tags), isSilent);
    }

    private sealed class Gauge<T>(MetricGauge<T> target, Func<bool> isSilent)
        : MetricGauge<T>(target.Name, target.Unit, target.Description)
        where T : struct
    {
        public override void Set(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null)
        {
            if (!isSilent())
            {
                target.Set(value, extraTags);
            }
        }

        public override MetricGauge<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags) =>
            new Gauge<T>(target.WithTags(tags), isSilent);
    }
}
