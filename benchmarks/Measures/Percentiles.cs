namespace Settlement.Benchmarks.Measures;

/// <summary>Order statistics of a sample.</summary>
internal static class Percentiles
{
    /// <summary>The value at quantile <paramref name="q"/> (0 to 1), nearest rank; the sample must not be empty.</summary>
    public static double At(IReadOnlyList<double> sample, double q)
    {
        var sorted = sample.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(q * sorted.Length))];
    }

    public static double Median(IReadOnlyList<double> sample)
    {
        var sorted = sample.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
