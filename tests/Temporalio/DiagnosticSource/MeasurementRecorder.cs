using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Temporalio.InTree.Tests.DiagnosticSource;

/// <summary>Records what one .NET meter measures, each as <c>Kind name[unit] value tag=value …</c>.</summary>
internal sealed class MeasurementRecorder : IDisposable
{
    private readonly ConcurrentQueue<string> seen = [];
    private readonly MeterListener listener;

    public MeasurementRecorder(Meter meter, Action? alsoOnEach = null)
    {
        listener = new()
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (instrument.Meter == meter) me.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            Add(instrument, value, tags);
            alsoOnEach?.Invoke();
        });
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    /// <summary>What has been measured so far.</summary>
    public IReadOnlyList<string> Seen => [.. seen];

    /// <summary>Asks the gauges, and forgets what was measured before.</summary>
    public IReadOnlyList<string> Gauges()
    {
        seen.Clear();
        listener.RecordObservableInstruments();
        return Seen;
    }

    public void Dispose() => listener.Dispose();

    private void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kind = instrument.GetType().Name.Split('`')[0];
        var words = tags.ToArray().Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}"));
        seen.Enqueue(string.Join(' ', words.Prepend(string.Create(CultureInfo.InvariantCulture, $"{kind} {instrument.Name}[{instrument.Unit}] {value}"))));
    }
}
