namespace Temporalio.Runtime;

/// <summary>A histogram.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
public interface ICustomMetricHistogram<T> : ICustomMetric<T>
    where T : struct
{
    /// <summary>Records a value that is not negative.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tags">What <see cref="ICustomMetricMeter.CreateTags"/> made.</param>
    void Record(T value, object tags);
}
