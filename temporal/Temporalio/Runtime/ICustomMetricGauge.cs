namespace Temporalio.Runtime;

/// <summary>A gauge.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
public interface ICustomMetricGauge<T> : ICustomMetric<T>
    where T : struct
{
    /// <summary>Sets the value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tags">What <see cref="ICustomMetricMeter.CreateTags"/> made.</param>
    void Set(T value, object tags);
}
