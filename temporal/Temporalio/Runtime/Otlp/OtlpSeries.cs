namespace Temporalio.Runtime.Otlp;

/// <summary>One series of a metric: what came since the start, and what of it a collector has. Locked by its callers.</summary>
/// <param name="buckets">Buckets of a histogram, the one without bound included; 0 for other metrics.</param>
internal sealed class OtlpSeries(int buckets)
{
    private Totals reported = new(0, 0, new long[buckets]);
    private Totals sent = new(0, 0, new long[buckets]);

    /// <summary>Gets or sets the sum of all values, or the last one of a gauge.</summary>
    internal double Value { get; set; }

    /// <summary>Gets or sets the number of values.</summary>
    internal long Count { get; set; }

    /// <summary>Gets the number of values by bucket.</summary>
    internal long[] Buckets { get; } = new long[buckets];

    /// <summary>What to send.</summary>
    /// <param name="delta">Whether without what a collector has.</param>
    /// <returns>The values.</returns>
    internal Totals Take(bool delta)
    {
        sent = new(Value, Count, [.. Buckets]);
        return delta ? sent.Minus(reported) : sent;
    }

    /// <summary>What was taken last has arrived.</summary>
    internal void Arrived() => reported = sent;

    /// <summary>Values at one moment.</summary>
    /// <param name="Value">Sum of the values.</param>
    /// <param name="Count">Their number.</param>
    /// <param name="Buckets">Their number by bucket.</param>
    internal sealed record Totals(double Value, long Count, long[] Buckets)
    {
        internal Totals Minus(Totals other) =>
            new(Value - other.Value, Count - other.Count, [.. Buckets.Zip(other.Buckets, (own, theirs) => own - theirs)]);
    }
}
