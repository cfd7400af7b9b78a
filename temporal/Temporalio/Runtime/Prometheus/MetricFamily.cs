using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Temporalio.Runtime.Prometheus;

/// <summary>All series of one metric.</summary>
/// <param name="name">Name as written.</param>
/// <param name="kind">Kind.</param>
/// <param name="description">Description, if any.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets, ascending.</param>
internal sealed class MetricFamily(string name, MetricKind kind, string? description, double[] bounds)
{
    private readonly ConcurrentDictionary<LabelSet, Series> series = new();

    /// <summary>Gets the name as written.</summary>
    internal string Name => name;

    /// <summary>Gets the kind.</summary>
    internal MetricKind Kind => kind;

    /// <summary>Takes a value: adds it to a counter, sets a gauge, counts it in a histogram.</summary>
    /// <param name="labels">Which series.</param>
    /// <param name="value">The value.</param>
    internal void Record(LabelSet labels, double value)
    {
        var target = series.GetOrAdd(labels, _ => new(new long[bounds.Length]));
        lock (target)
        {
            target.Value = kind == MetricKind.Gauge ? value : target.Value + value;
            target.Count++;
            for (var i = 0; i < bounds.Length; i++)
            {
                target.Buckets[i] += value <= bounds[i] ? 1 : 0;
            }
        }
    }

    /// <summary>Writes all series.</summary>
    /// <param name="text">Where to.</param>
    internal void Write(StringBuilder text)
    {
        if (series.IsEmpty)
        {
            return;
        }
        if (!string.IsNullOrEmpty(description))
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {description.Replace("\\", "\\\\").Replace("\n", "\\n")}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {kind.ToString().ToLowerInvariant()}\n");
        foreach (var (labels, values) in series.OrderBy(s => s.Key.Text, StringComparer.Ordinal))
        {
            lock (values)
            {
                Write(text, labels, values);
            }
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private void Write(StringBuilder text, LabelSet labels, Series values)
    {
        if (kind != MetricKind.Histogram)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels.Text}}} {Number(values.Value)}\n");
            return;
        }
        var before = labels.Text.Length == 0 ? string.Empty : labels.Text + ",";
        for (var i = 0; i < bounds.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{before}le=\"{Number(bounds[i])}\"}} {values.Buckets[i]}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{before}le=\"+Inf\"}} {values.Count}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{{{labels.Text}}} {Number(values.Value)}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_count{{{labels.Text}}} {values.Count}\n");
    }

    private sealed record Series(long[] Buckets)
    {
        public double Value { get; set; }

        public long Count { get; set; }
    }
}
