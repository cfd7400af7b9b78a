using System.Net;
using System.Net.Sockets;
using Temporalio.Client;
using Temporalio.InTree.Tests.Support;
using Temporalio.Runtime;
using Temporalio.Runtime.Prometheus;

namespace Temporalio.InTree.Tests.Runtime;

/// <summary>Metrics in the form that Prometheus reads.</summary>
public sealed class PrometheusTests
{
    [Fact]
    public void Render_OfEveryKind_IsExpositionText()
    {
        var meter = new PrometheusMeter(new()
        {
            HistogramBucketOverrides = new Dictionary<string, IReadOnlyCollection<double>> { ["took-time"] = [5, 2.5] },
        });
        var tags = meter.CreateTags(meter.CreateTags(null, [new("bank-id", "a\"b"), new("ok", true)]), [new("n", 12.5)]);
        meter.CreateCounter<long>("settled", null, "How many").Add(3, tags);
        meter.CreateCounter<long>("settled", null, "How many").Add(4, tags);
        meter.CreateGauge<double>("open", null, null).Set(-1.5, meter.CreateTags(null, []));
        var took = meter.CreateHistogram<double>("took-time", null, null);
        took.Record(1, tags);
        took.Record(4, tags);
        took.Record(9, tags);

        meter.Render().ShouldBe("""
            # TYPE open gauge
            open{} -1.5
            # HELP settled How many
            # TYPE settled counter
            settled{bank_id="a\"b",n="12.5",ok="true"} 7
            # TYPE took_time histogram
            took_time_bucket{bank_id="a\"b",n="12.5",ok="true",le="2.5"} 1
            took_time_bucket{bank_id="a\"b",n="12.5",ok="true",le="5"} 2
            took_time_bucket{bank_id="a\"b",n="12.5",ok="true",le="+Inf"} 3
            took_time_sum{bank_id="a\"b",n="12.5",ok="true"} 14
            took_time_count{bank_id="a\"b",n="12.5",ok="true"} 3

            """.ReplaceLineEndings("\n"));
    }

    [SkippableFact]
    public async Task Runtime_WithPrometheus_ServesWhatItCounts()
    {
        var address = $"127.0.0.1:{FreePort()}";
        var runtime = new TemporalRuntime(new() { Telemetry = new() { Metrics = new(new PrometheusOptions(address)) { MetricPrefix = "own_" } } });
        runtime.MetricMeter.CreateCounter<int>("mine").Add(1);
        using var http = new HttpClient();

        (await http.GetStringAsync($"http://{address}/metrics")).ShouldContain("mine{service_name=\"temporal-core-sdk\"} 1");
        (await http.GetAsync($"http://{address}/other")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Should.Throw<InvalidOperationException>(
            () => new TemporalRuntime(new() { Telemetry = new() { Metrics = new(new PrometheusOptions(address)) } }));

        RealServerFixture.RequireOracle();
        await TemporalClient.ConnectAsync(new(await RealServer.TargetHostAsync()) { Runtime = runtime }).ContinueWith(
            async connected => await (await connected).WorkflowService.GetSystemInfoAsync(new()), TaskScheduler.Default).Unwrap();
        (await http.GetStringAsync($"http://{address}/metrics")).ShouldContain("own_request{operation=\"GetSystemInfo\",service_name=\"temporal-core-sdk\"} 1");
        GC.KeepAlive(runtime);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1")]
    public void Runtime_WithAnAddressThatIsNone_IsRefused(string address) => Should.Throw<ArgumentException>(
        () => new TemporalRuntime(new() { Telemetry = new() { Metrics = new(new PrometheusOptions(address)) } }));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
