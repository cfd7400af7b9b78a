using System.Collections.Concurrent;
using Temporalio.Runtime.Otlp.Wire;

namespace Temporalio.Runtime.Otlp;

/// <summary>All series of one metric.</summary>
/// <param name="name">Name.</param>
/// <param name="kind">Kind.</param>
/// <param name="unit">Unit, if any.</param>
/// <param name="description">Description, if any.</param>
/// <param name="integers">Whether its values are whole numbers.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets, ascending.</param>
internal sealed class OtlpMetric(string name, MetricKind kind, string? unit, string? description, bool integers, double[] bounds)
{
    private readonly ConcurrentDictionary<OtlpTags, OtlpSeries> series = new();

    /// <summary>Takes a value: adds it to a counter, sets a gauge, counts it in a histogram.</summary>
    /// <param name="tags">Which series.</param>
    /// <param name="value">The value.</param>
    internal void Record(OtlpTags tags, double value)
    {
        var target = series.GetOrAdd(tags, _ => new(kind == MetricKind.Histogram ? bounds.Length + 1 : 0));
        lock (target)
        {
            target.Value = kind == MetricKind.Gauge ? value : target.Value + value;
            target.Count++;
            if (kind == MetricKind.Histogram)
            {
                var bucket = Array.FindIndex(bounds, bound => value <= bound);
                target.Buckets[bucket < 0 ? bounds.Length : bucket]++;
            }
        }
    }

    /// <summary>What to send.</summary>
    /// <param name="from">When its sums began, nanoseconds since 1970.</param>
    /// <param name="now">The time now, nanoseconds since 1970.</param>
    /// <param name="delta">Whether without what a collector has.</param>
    /// <returns>The metric; null if nothing was counted yet.</returns>
    internal Metric? Take(ulong from, ulong now, bool delta)
    {
        if (series.IsEmpty)
        {
            return null;
        }
        var metric = new Metric { Name = name, Unit = unit ?? string.Empty, Description = description ?? string.Empty };
        var temporality = delta ? Temporality.Delta : Temporality.Cumulative;
        switch (kind)
        {
            case MetricKind.Counter:
                metric.Sum = new() { AggregationTemporality = temporality, IsMonotonic = true, DataPoints = { Numbers(from, now, delta) } };
                break;
            case MetricKind.Gauge:
                // A gauge has no beginning: each value replaces the one before.
                metric.Gauge = new() { DataPoints = { Numbers(0, now, false) } };
                break;
            default:
                metric.Histogram = new() { AggregationTemporality = temporality, DataPoints = { Distributions(from, now, delta) } };
                break;
        }
        return metric;
    }

    /// <summary>What was taken last has arrived.</summary>
    internal void Arrived()
    {
        foreach (var values in series.Values)
        {
            lock (values)
            {
                values.Arrived();
            }
        }
    }

    private IEnumerable<NumberDataPoint> Numbers(ulong from, ulong now, bool delta) => Totals(delta).Select(point =>
    {
        var number = new NumberDataPoint { StartTimeUnixNano = from, TimeUnixNano = now, Attributes = { point.Tags.Attributes } };
        if (integers)
        {
            number.AsInt = (long)point.Totals.Value;
        }
        else
        {
            number.AsDouble = point.Totals.Value;
        }
        return number;
    });

    private IEnumerable<HistogramDataPoint> Distributions(ulong from, ulong now, bool delta) => Totals(delta).Select(point => new HistogramDataPoint
    {
        StartTimeUnixNano = from,
        TimeUnixNano = now,
        Count = (ulong)point.Totals.Count,
        Sum = point.Totals.Value,
        BucketCounts = { point.Totals.Buckets.Select(count => (ulong)count) },
        ExplicitBounds = { bounds },
        Attributes = { point.Tags.Attributes },
    });

    private IEnumerable<(OtlpTags Tags, OtlpSeries.Totals Totals)> Totals(bool delta)
    {
        foreach (var (tags, values) in series)
        {
            OtlpSeries.Totals totals;
            lock (values)
            {
                totals = values.Take(delta);
            }
            yield return (tags, totals);
        }
    }
}
