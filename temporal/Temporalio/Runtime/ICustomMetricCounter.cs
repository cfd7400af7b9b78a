namespace Temporalio.Runtime;

/// <summary>A counter.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
public interface ICustomMetricCounter<T> : ICustomMetric<T>
    where T : struct
{
    /// <summary>Adds a value that is not negative.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tags">What <see cref="ICustomMetricMeter.CreateTags"/> made.</param>
    void Add(T value, object tags);
}
