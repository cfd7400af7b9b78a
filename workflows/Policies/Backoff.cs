namespace Settlement.Workflows.Policies;

/// <summary>Exponential backoff without chance: histories must replay.</summary>
internal static class Backoff
{
    private const int MaxDoublings = 30;

    /// <summary><paramref name="firstSeconds"/> × 2^<paramref name="failures"/>, at most <paramref name="maxSeconds"/>, at least 10 ms.</summary>
    public static TimeSpan Of(double firstSeconds, double maxSeconds, int failures)
    {
        var seconds = firstSeconds * Math.Pow(2, Math.Min(failures, MaxDoublings));
        return TimeSpan.FromSeconds(Math.Max(0.01, Math.Min(seconds, maxSeconds)));
    }
}
