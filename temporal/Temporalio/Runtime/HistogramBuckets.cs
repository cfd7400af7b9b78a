namespace Temporalio.Runtime;

/// <summary>Upper bounds of histograms: those that the application names, else the official core's.</summary>
internal static class HistogramBuckets
{
    private static readonly double[] Short = [1, 5, 10, 20, 50, 100, 500, 1000, 5000];
    private static readonly double[] General = [50, 100, 500, 1000, 2500, 10_000];
    private static readonly double[] Latencies = [10, 50, 100, 500, 1000, 5000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000];

    /// <summary>The bounds of a histogram.</summary>
    /// <param name="name">Name with prefix.</param>
    /// <param name="overrides">The application's bounds by name, in any order.</param>
    /// <param name="seconds">Whether durations are in seconds.</param>
    /// <returns>Bounds, ascending.</returns>
    internal static double[] For(string name, IReadOnlyDictionary<string, IReadOnlyCollection<double>>? overrides, bool seconds)
    {
        if (overrides?.TryGetValue(name, out var own) == true)
        {
            return [.. own.Order()];
        }
        if (!name.EndsWith("_latency", StringComparison.Ordinal))
        {
            return General;
        }
        var bounds = name.EndsWith("task_execution_latency", StringComparison.Ordinal) ? Short
            : name.EndsWith("request_latency", StringComparison.Ordinal) ? General
            : Latencies;
        return seconds ? Array.ConvertAll(bounds, bound => bound / 1000) : bounds;
    }
}
