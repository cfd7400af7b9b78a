namespace Temporalio.Runtime;

/// <summary>Receives metrics; an application implements it over its own metrics library. Called from many threads.</summary>
public interface ICustomMetricMeter
{
    /// <summary>Makes a counter.</summary>
    /// <typeparam name="T">Type of the values: <c>long</c>.</typeparam>
    /// <param name="name">Name.</param>
    /// <param name="unit">Unit, or null.</param>
    /// <param name="description">What it counts, or null.</param>
    /// <returns>The counter.</returns>
    ICustomMetricCounter<T> CreateCounter<T>(string name, string? unit, string? description)
        where T : struct;

    /// <summary>Makes a histogram.</summary>
    /// <typeparam name="T">Type of the values: <c>long</c>, <c>double</c> or <see cref="TimeSpan"/>.</typeparam>
    /// <param name="name">Name.</param>
    /// <param name="unit">Unit, or null.</param>
    /// <param name="description">What it measures, or null.</param>
    /// <returns>The histogram.</returns>
    ICustomMetricHistogram<T> CreateHistogram<T>(string name, string? unit, string? description)
        where T : struct;

    /// <summary>Makes a gauge.</summary>
    /// <typeparam name="T">Type of the values: <c>long</c> or <c>double</c>.</typeparam>
    /// <param name="name">Name.</param>
    /// <param name="unit">Unit, or null.</param>
    /// <param name="description">What it shows, or null.</param>
    /// <returns>The gauge.</returns>
    ICustomMetricGauge<T> CreateGauge<T>(string name, string? unit, string? description)
        where T : struct;

    /// <summary>Makes a set of tags, to be handed back with values.</summary>
    /// <param name="appendFrom">A set made before, whose tags the new one has too; or null.</param>
    /// <param name="tags">Tags; values are strings, longs, doubles or bools.</param>
    /// <returns>The set, in whatever form the implementation likes.</returns>
    object CreateTags(object? appendFrom, IReadOnlyCollection<KeyValuePair<string, object>> tags);
}
