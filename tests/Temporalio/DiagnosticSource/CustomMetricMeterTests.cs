using System.Diagnostics.Metrics;
using Temporalio.Extensions.DiagnosticSource;
using Temporalio.Runtime;

namespace Temporalio.InTree.Tests.DiagnosticSource;

public sealed class CustomMetricMeterTests : IDisposable
{
    private readonly Meter meter = new("tests");
    private readonly MeasurementRecorder recorder;
    private readonly CustomMetricMeter custom;

    public CustomMetricMeterTests()
    {
        recorder = new(meter);
        custom = new(meter);
    }

    public void Dispose()
    {
        recorder.Dispose();
        meter.Dispose();
    }

    [Fact]
    public void CountersAndHistograms_OfARuntime_ReachTheMeterWithTheirTags()
    {
        var root = Runtime(new()).MetricMeter.WithTags([new("team", "payments")]);

        root.CreateCounter<int>("settled", "settlements").Add(3, [new("kind", "cash")]);
        root.CreateHistogram<short>("size").Record(4);
        root.CreateHistogram<float>("share").Record(0.5F);
        root.CreateHistogram<TimeSpan>("took", "ms").Record(TimeSpan.FromMilliseconds(1500.9));

        recorder.Seen.ShouldBe(
        [
            "Counter settled[settlements] 3 kind=cash service_name=temporal-core-sdk team=payments",
            "Histogram size[] 4 service_name=temporal-core-sdk team=payments",
            "Histogram share[] 0.5 service_name=temporal-core-sdk team=payments",
            "Histogram took[ms] 1500 service_name=temporal-core-sdk team=payments",
        ]);
    }

    [Theory]
    [InlineData(CustomMetricMeterOptions.DurationFormat.IntegerMilliseconds, "Histogram took[unit] 1500")]
    [InlineData(CustomMetricMeterOptions.DurationFormat.FloatSeconds, "Histogram took[unit] 1.5")]
    [InlineData(CustomMetricMeterOptions.DurationFormat.TimeSpan, "Histogram took[unit] 1500")]
    public void Durations_InEachFormat_ReachTheMeterAsNumbers(CustomMetricMeterOptions.DurationFormat format, string expected)
    {
        Runtime(new() { HistogramDurationFormat = format }).MetricMeter.CreateHistogram<TimeSpan>("took", "unit").Record(TimeSpan.FromSeconds(1.5));
        recorder.Seen.ShouldBe([expected + " service_name=temporal-core-sdk"]);
    }

    [Fact]
    public void CreateHistogram_OfDurationsInTheUnitOfDurations_IsInMilliseconds()
    {
        custom.CreateHistogram<TimeSpan>("took", "duration", null).Record(TimeSpan.FromSeconds(2), Tags());
        recorder.Seen.ShouldBe(["Histogram took[ms] 2000"]);
    }

    [Fact]
    public void Gauge_SetSeveralTimes_ShowsTheLastValueOfEachSetOfTags()
    {
        var gauge = custom.CreateGauge<long>("open", null, null);
        gauge.Set(1, Tags(("a", "x"), ("b", 2L)));
        gauge.Set(2, Tags(("a", "y"), ("b", 2L)));
        gauge.Set(3, Tags(("b", 2L), ("a", "x")));
        recorder.Seen.ShouldBeEmpty();

        recorder.Gauges().ShouldBe(["ObservableGauge open[] 3 a=x b=2", "ObservableGauge open[] 2 a=y b=2"], ignoreOrder: true);

        gauge.Set(4, Tags(("a", "y"), ("b", 2L)));
        recorder.Gauges().ShouldBe(["ObservableGauge open[] 3 a=x b=2", "ObservableGauge open[] 4 a=y b=2"], ignoreOrder: true);
    }

    [Fact]
    public void Gauge_MadeTwice_IsOneInstrument()
    {
        custom.CreateGauge<double>("share", "1", null).Set(0.25, Tags(("a", "x")));
        custom.CreateGauge<double>("share", "1", null).Set(0.5, Tags(("a", "x")));
        recorder.Gauges().ShouldBe(["ObservableGauge share[1] 0.5 a=x"]);
    }

    [Fact]
    public void Gauge_WithTooManySetsOfTags_KeepsThoseItHas()
    {
        var gauge = custom.CreateGauge<long>("open", null, null);
        for (var i = 0L; i <= 50_000; i++) gauge.Set(i, Tags(("id", i)));
        gauge.Set(-1, Tags(("id", 7L)));

        var values = recorder.Gauges();
        values.Count.ShouldBe(50_000);
        values.ShouldContain("ObservableGauge open[] -1 id=7");
        values.ShouldNotContain("ObservableGauge open[] 50000 id=50000");
    }

    [Fact]
    public void CreateTags_WithANameTwice_TakesTheLast()
    {
        var tags = custom.CreateTags(Tags(("foo", "bar"), ("baz", 1L)), [new("foo", "first"), new("foo", "last")]);
        tags.ShouldBe(Tags(("baz", 1L), ("foo", "last")));
        tags.GetHashCode().ShouldBe(Tags(("baz", 1L), ("foo", "last")).GetHashCode());
        tags.ShouldNotBe(Tags(("baz", 1L), ("foo", "first")));
        tags.ShouldNotBe(Tags(("baz", 1L)));
    }

    private object Tags(params (string Name, object Value)[] tags) =>
        custom.CreateTags(null, [.. tags.Select(tag => KeyValuePair.Create(tag.Name, tag.Value))]);

    private TemporalRuntime Runtime(CustomMetricMeterOptions options) =>
        new(new() { Telemetry = new() { Metrics = new() { CustomMetricMeter = custom, CustomMetricMeterOptions = options } } });
}
