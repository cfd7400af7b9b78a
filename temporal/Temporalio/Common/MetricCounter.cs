namespace Temporalio.Common;

/// <summary>A sum that only grows.</summary>
/// <typeparam name="T">Type of the values: an integer.</typeparam>
public abstract class MetricCounter<T> : Metric<T>
    where T : struct
{
    /// <summary>Initializes a new instance of the <see cref="MetricCounter{T}"/> class.</summary>
    /// <param name="name">Name.</param>
    /// <param name="unit">Unit, or null.</param>
    /// <param name="description">Description, or null.</param>
    protected MetricCounter(string name, string? unit = null, string? description = null)
        : base(name, unit, description)
    {
    }

    /// <summary>Adds a value that is not negative.</summary>
    /// <param name="value">The value.</param>
    /// <param name="extraTags">Tags of this value alone; where they repeat, <see cref="WithTags"/> is faster.</param>
    public abstract void Add(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null);

    /// <summary>Makes the same metric with more tags.</summary>
    /// <param name="tags">Tags to append; values are strings, integers, floats or bools.</param>
    /// <returns>The tagged metric.</returns>
    public abstract MetricCounter<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags);
}
