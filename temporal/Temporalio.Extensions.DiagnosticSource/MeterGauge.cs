using System.Diagnostics.Metrics;
using Temporalio.Runtime;

namespace Temporalio.Extensions.DiagnosticSource;

/// <summary>Keeps the last value for each set of tags until the .NET meter asks.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
/// <param name="name">Name, for the complaint.</param>
internal sealed class MeterGauge<T>(string name) : ICustomMetricGauge<T>
    where T : struct
{
    /// <summary>More sets of tags than this are a mistake, and would fill the memory.</summary>
    private const int MaxTagSets = 50_000;

    private readonly Lock gate = new();
    private readonly Dictionary<MetricTagSet, T> values = [];
    private bool complained;

    /// <inheritdoc/>
    public void Set(T value, object tags)
    {
        var set = (MetricTagSet)tags;
        lock (gate)
        {
            if (values.Count < MaxTagSets || values.ContainsKey(set))
            {
                values[set] = value;
                return;
            }
            if (complained) return;
            complained = true;
        }
        // There is no logger here, and an exception would end a workflow for the sake of a metric.
        Console.Error.WriteLine($"Gauge {name} has {MaxTagSets} sets of tags: values for more are dropped");
    }

    /// <summary>What is known now.</summary>
    /// <returns>One value for each set of tags.</returns>
    public IEnumerable<Measurement<T>> Snapshot()
    {
        lock (gate)
        {
            return [.. values.Select(entry => new Measurement<T>(entry.Value, entry.Key.Pairs))];
        }
    }
}
