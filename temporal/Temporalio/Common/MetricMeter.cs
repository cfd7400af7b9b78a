namespace Temporalio.Common;

/// <summary>Makes metrics. Reuse what it makes: making is slower than recording.</summary>
public abstract class MetricMeter
{
    /// <summary>Makes a counter.</summary>
    /// <typeparam name="T">An integer type.</typeparam>
    /// <param name="name">Name.</param>
    /// <param name="unit">Unit, or null.</param>
    /// <param name="description">Description, or null.</param>
    /// <returns>The counter.</returns>
    public abstract MetricCounter<T> CreateCounter<T>(string name, string? unit = null, string? description = null)
        where T : struct;

    /// <summary>Makes a histogram.</summary>
    /// <typeparam name="T">An integer or float type, or <see cref="TimeSpan"/>.</typeparam>
    /// <param name="name">Name.</param>
    /// <param name="unit">Unit, or null.</param>
    /// <param name="description">Description, or null.</param>
    /// <returns>The histogram.</returns>
    public abstract MetricHistogram<T> CreateHistogram<T>(string name, string? unit = null, string? description = null)
        where T : struct;

    /// <summary>Makes a gauge.</summary>
    /// <typeparam name="T">An integer or float type.</typeparam>
    /// <param name="name">Name.</param>
    /// <param name="unit">Unit, or null.</param>
    /// <param name="description">Description, or null.</param>
    /// <returns>The gauge.</returns>
    public abstract MetricGauge<T> CreateGauge<T>(string name, string? unit = null, string? description = null)
        where T : struct;

    /// <summary>Makes a meter whose metrics all carry more tags.</summary>
    /// <param name="tags">Tags to append; values are strings, integers, floats or bools.</param>
    /// <returns>The tagged meter.</returns>
    public abstract MetricMeter WithTags(IEnumerable<KeyValuePair<string, object>> tags);
}
