namespace Temporalio.Runtime;

/// <summary>Common to all metrics of an <see cref="ICustomMetricMeter"/>.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
public interface ICustomMetric<T>
    where T : struct
{
}
