namespace Temporalio.Worker.Polling;

/// <summary>Growing pauses between attempts: doubling from a first pause up to a longest, each varied by a fifth.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private const double Jitter = 0.2;
    private int failures;

    /// <summary>Gets the number of failures since the last success.</summary>
    internal int Failures => failures;

    /// <summary>Notes a success: the next pause is the first one again.</summary>
    internal void Reset() => failures = 0;

    /// <summary>Notes a failure.</summary>
    /// <returns>How long to wait before the next attempt.</returns>
    internal TimeSpan Next()
    {
        var doubled = first * Math.Pow(2, Math.Min(failures++, 30));
        var pause = doubled < longest ? doubled : longest;
        return pause * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble()));
    }
}
