namespace Temporalio.Runtime;

/// <summary>Kind of a metric.</summary>
internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Has a value.</summary>
    Gauge,

    /// <summary>Counts values by their size.</summary>
    Histogram,
}
