using Temporalio.Common;
using Temporalio.Runtime;

namespace Temporalio.InTree.Tests.Runtime;

public class MetricMeterTests
{
    private static readonly KeyValuePair<string, object>[] Extra = [new("extra", 1)];

    [Fact]
    public void MetricMeter_CustomMeter_ReceivesValuesWithAllTags()
    {
        var custom = new RecordingMeter();
        var meter = Meter(custom).WithTags([new("team", "payments")]);

        meter.CreateCounter<int>("settled").WithTags([new("kind", "cash")]).Add(3, Extra);
        meter.CreateHistogram<TimeSpan>("took").Record(TimeSpan.FromMilliseconds(1500));
        meter.CreateHistogram<float>("share").Record(0.5F);
        meter.CreateGauge<long>("open").Set(-4);

        custom.Seen.ShouldBe(
        [
            "settled Int64 3 service_name=temporal-core-sdk region=eu team=payments kind=cash extra=1",
            "took Int64 1500 service_name=temporal-core-sdk region=eu team=payments",
            "share Double 0.5 service_name=temporal-core-sdk region=eu team=payments",
            "open Int64 -4 service_name=temporal-core-sdk region=eu team=payments",
        ]);
    }

    [Theory]
    [InlineData(CustomMetricMeterOptions.DurationFormat.FloatSeconds, "took Double 1.5")]
    [InlineData(CustomMetricMeterOptions.DurationFormat.TimeSpan, "took TimeSpan 00:00:01.5000000")]
    public void CreateHistogram_OfDurations_FollowsTheFormat(CustomMetricMeterOptions.DurationFormat format, string expected)
    {
        var custom = new RecordingMeter();
        Meter(custom, format).CreateHistogram<TimeSpan>("took").Record(TimeSpan.FromMilliseconds(1500));
        custom.Seen.Single().ShouldStartWith(expected);
    }

    [Fact]
    public void MetricMeter_NoMetrics_TakesEverything()
    {
        var meter = new TemporalRuntime(new()).MetricMeter.WithTags(Extra);
        meter.CreateCounter<long>("a").WithTags(Extra).Add(1, Extra);
        meter.CreateGauge<double>("b").Set(1);
        meter.CreateHistogram<TimeSpan>("c").Record(TimeSpan.Zero);
        meter.CreateCounter<long>("a", "1", "what").Description.ShouldBe("what");
    }

    private static MetricMeter Meter(ICustomMetricMeter custom, CustomMetricMeterOptions.DurationFormat format = default) =>
        new TemporalRuntime(new()
        {
            Telemetry = new()
            {
                Metrics = new()
                {
                    CustomMetricMeter = custom,
                    CustomMetricMeterOptions = new() { HistogramDurationFormat = format },
                    GlobalTags = [new("region", "eu")],
                },
            },
        }).MetricMeter;

    private sealed class RecordingMeter : ICustomMetricMeter
    {
        public List<string> Seen { get; } = [];

        public ICustomMetricCounter<T> CreateCounter<T>(string name, string? unit, string? description)
            where T : struct => new Recorder<T>(Seen, name);

        public ICustomMetricHistogram<T> CreateHistogram<T>(string name, string? unit, string? description)
            where T : struct => new Recorder<T>(Seen, name);

        public ICustomMetricGauge<T> CreateGauge<T>(string name, string? unit, string? description)
            where T : struct => new Recorder<T>(Seen, name);

        public object CreateTags(object? appendFrom, IReadOnlyCollection<KeyValuePair<string, object>> tags) =>
            appendFrom + string.Concat(tags.Select(tag => $" {tag.Key}={tag.Value}"));
    }

    private sealed class Recorder<T>(List<string> seen, string name) : ICustomMetricCounter<T>, ICustomMetricHistogram<T>, ICustomMetricGauge<T>
        where T : struct
    {
        public void Add(T value, object tags) => Set(value, tags);

        public void Record(T value, object tags) => Set(value, tags);

        public void Set(T value, object tags) =>
            seen.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} {typeof(T).Name} {value}{tags}"));
    }
}
