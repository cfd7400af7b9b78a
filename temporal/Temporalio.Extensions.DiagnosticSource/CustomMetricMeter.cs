using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Temporalio.Runtime;
using Temporalio.Workflows;

namespace Temporalio.Extensions.DiagnosticSource;

/// <summary>
/// Hands the metrics of a runtime to a .NET <see cref="System.Diagnostics.Metrics.Meter"/>: set it as
/// <see cref="MetricsOptions.CustomMetricMeter"/>. Durations arrive as whole milliseconds, or as seconds where
/// <see cref="MetricsOptions.CustomMetricMeterOptions"/> asks for them.
/// </summary>
public class CustomMetricMeter : ICustomMetricMeter
{
    private readonly bool disableWorkflowTracingEventListener;

    // A .NET meter keeps an observable instrument for as long as it lives, and makes another of the same name when asked: each would be kept,
    // and measured, for every workflow that asks for its gauge.
    private readonly ConcurrentDictionary<(Type Value, string Name, string? Unit, string? Description), Lazy<object>> gauges = new();

    /// <summary>Initializes a new instance of the <see cref="CustomMetricMeter"/> class.</summary>
    /// <param name="meter">Where metrics go.</param>
    /// <param name="disableWorkflowTracingEventListener">
    /// Whether workflow code may cause work on other threads while it is in the meter: for listeners that queue measurements.
    /// </param>
    public CustomMetricMeter(Meter meter, bool disableWorkflowTracingEventListener = false)
    {
        Meter = meter;
        this.disableWorkflowTracingEventListener = disableWorkflowTracingEventListener;
    }

    /// <summary>Gets where metrics go.</summary>
    public Meter Meter { get; }

    /// <inheritdoc/>
    public ICustomMetricCounter<T> CreateCounter<T>(string name, string? unit, string? description)
        where T : struct => InMeter(() => new MeterCounter<T>(this, Meter.CreateCounter<T>(name, unit, description)));

    /// <inheritdoc/>
    public ICustomMetricHistogram<T> CreateHistogram<T>(string name, string? unit, string? description)
        where T : struct
    {
        if (typeof(T) != typeof(TimeSpan))
        {
            return InMeter(() => new MeterHistogram<T>(this, Meter.CreateHistogram<T>(name, unit, description)));
        }
        // .NET has no histogram of durations.
        var milliseconds = InMeter(() => Meter.CreateHistogram<long>(name, unit == "duration" ? "ms" : unit, description));
        return (ICustomMetricHistogram<T>)(object)new MeterDurationHistogram(this, milliseconds);
    }

    /// <inheritdoc/>
    public ICustomMetricGauge<T> CreateGauge<T>(string name, string? unit, string? description)
        where T : struct => (ICustomMetricGauge<T>)gauges.GetOrAdd((typeof(T), name, unit, description), _ => new(() =>
        {
            var gauge = new MeterGauge<T>(name);
            return InMeter<object>(() =>
            {
                Meter.CreateObservableGauge(name, gauge.Snapshot, unit, description);
                return gauge;
            });
        })).Value;

    /// <inheritdoc/>
    public object CreateTags(object? appendFrom, IReadOnlyCollection<KeyValuePair<string, object>> tags) =>
        new MetricTagSet((MetricTagSet?)appendFrom, tags);

    /// <summary>Calls the meter, whose listeners run at once and in the calling thread.</summary>
    private T InMeter<T>(Func<T> call) =>
        disableWorkflowTracingEventListener && Workflow.InWorkflow ? Workflow.Unsafe.WithTracingEventListenerDisabled(call) : call();

    private void InMeter<TState>(Action<TState> call, TState state)
    {
        if (disableWorkflowTracingEventListener && Workflow.InWorkflow)
        {
            Workflow.Unsafe.WithTracingEventListenerDisabled(() => call(state));
            return;
        }
        call(state);
    }

    private sealed class MeterCounter<T>(CustomMetricMeter owner, Counter<T> counter) : ICustomMetricCounter<T>
        where T : struct
    {
        public void Add(T value, object tags) => owner.InMeter(
            static call => call.Counter.Add(call.Value, call.Tags), (Counter: counter, Value: value, Tags: ((MetricTagSet)tags).Pairs));
    }

    private sealed class MeterHistogram<T>(CustomMetricMeter owner, Histogram<T> histogram) : ICustomMetricHistogram<T>
        where T : struct
    {
        public void Record(T value, object tags) => owner.InMeter(
            static call => call.Histogram.Record(call.Value, call.Tags), (Histogram: histogram, Value: value, Tags: ((MetricTagSet)tags).Pairs));
    }

    private sealed class MeterDurationHistogram(CustomMetricMeter owner, Histogram<long> milliseconds) : ICustomMetricHistogram<TimeSpan>
    {
        private readonly MeterHistogram<long> histogram = new(owner, milliseconds);

        public void Record(TimeSpan value, object tags) => histogram.Record((long)value.TotalMilliseconds, tags);
    }
}
