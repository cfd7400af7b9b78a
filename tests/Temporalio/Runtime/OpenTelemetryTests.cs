using System.Collections.Concurrent;
using System.Net;
using GrpcWire.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Temporalio.InTree.Tests.Worker;
using Temporalio.Runtime;
using Temporalio.Runtime.Otlp;
using Temporalio.Runtime.Otlp.Wire;

namespace Temporalio.InTree.Tests.Runtime;

/// <summary>Metrics sent to a collector of OpenTelemetry.</summary>
public sealed class OpenTelemetryTests
{
    private readonly ConcurrentQueue<(ExportRequest Request, string? Key)> exports = new();
    private int refusals;

    [Fact]
    public async Task Runtime_WithACollectorOverGrpc_SendsWhatItCounts()
    {
        await using var collector = await StartAsync(HttpProtocols.Http2);
        var runtime = New(collector.Urls.Single(), OpenTelemetryProtocol.Grpc);
        runtime.MetricMeter.CreateCounter<int>("mine", "things", "What I have").Add(3, [new("kind", "good"), new("size", 2L), new("new", true)]);

        await Eventually.Async(() => !exports.IsEmpty);

        exports.TryPeek(out var export).ShouldBeTrue();
        export.Key.ShouldBe("secret");
        var resource = export.Request.ResourceMetrics.ShouldHaveSingleItem();
        resource.Resource.Attributes.Single(a => a.Key == "service.name").Value.StringValue.ShouldBe("temporal-core-sdk");
        var metric = resource.ScopeMetrics.Single().Metrics.Single();
        (metric.Name, metric.Unit, metric.Description).ShouldBe(("mine", "things", "What I have"));
        metric.Sum.IsMonotonic.ShouldBeTrue();
        metric.Sum.AggregationTemporality.ShouldBe(Temporality.Cumulative);
        var point = metric.Sum.DataPoints.Single();
        point.AsInt.ShouldBe(3);
        point.TimeUnixNano.ShouldBeGreaterThanOrEqualTo(point.StartTimeUnixNano);
        point.Attributes.Select(a => (a.Key, a.Value.ValueCase)).ShouldBe([
            ("kind", AnyValue.ValueOneofCase.StringValue),
            ("new", AnyValue.ValueOneofCase.BoolValue),
            ("service_name", AnyValue.ValueOneofCase.StringValue),
            ("size", AnyValue.ValueOneofCase.IntValue)]);
        GC.KeepAlive(runtime);
    }

    [Fact]
    public async Task Runtime_WithACollectorOverHttpThatIsDownForAWhile_LosesNothing()
    {
        refusals = 2;
        await using var collector = await StartAsync(HttpProtocols.Http1);
        var runtime = New(collector.Urls.Single() + "/v1/metrics", OpenTelemetryProtocol.Http, OpenTelemetryMetricTemporality.Delta);
        var counter = runtime.MetricMeter.CreateCounter<int>("mine");
        counter.Add(3);
        await Eventually.Async(() => !exports.IsEmpty);
        counter.Add(4);
        await Eventually.Async(() => Sum() == 7);

        exports.ShouldAllBe(e => e.Key == "secret");
        refusals.ShouldBeLessThan(0);
        GC.KeepAlive(runtime);

        long Sum() => exports.Sum(e => e.Request.ResourceMetrics[0].ScopeMetrics[0].Metrics[0].Sum.DataPoints[0].AsInt);
    }

    [Fact]
    public void Take_OfHistogramsAndGauges_HasBucketsAndLastValues()
    {
        var meter = new OtlpMeter(new("http://collector:4317")
        {
            HistogramBucketOverrides = new Dictionary<string, IReadOnlyCollection<double>> { ["took"] = [5, 2] },
        });
        var tags = meter.CreateTags(null, []);
        var took = meter.CreateHistogram<double>("took", "s", null);
        foreach (var value in new[] { 1, 2, 4, 9.5 })
        {
            took.Record(value, tags);
        }
        meter.CreateGauge<double>("open", null, null).Set(1.5, tags);
        meter.CreateGauge<double>("open", null, null).Set(-2.5, tags);

        var metrics = meter.Take()!.ResourceMetrics[0].ScopeMetrics[0].Metrics;

        var point = metrics.Single(m => m.Name == "took").Histogram.DataPoints.Single();
        (point.Count, point.Sum).ShouldBe((4ul, 16.5));
        point.ExplicitBounds.ShouldBe([2, 5]);
        point.BucketCounts.ShouldBe([2ul, 1, 1]);
        metrics.Single(m => m.Name == "open").Gauge.DataPoints.Single().AsDouble.ShouldBe(-2.5);
    }

    [Fact]
    public void Take_WithNothingCounted_IsNothing() => new OtlpMeter(new()).Take().ShouldBeNull();

    [Fact]
    public void Runtime_WithOptionsThatAreNone_IsRefused()
    {
        Should.Throw<ArgumentException>(() => Refused(new(new OpenTelemetryOptions())));
        Should.Throw<ArgumentException>(() => Refused(new(new OpenTelemetryOptions("ftp://collector"))));
        Should.Throw<ArgumentException>(() => Refused(new(new OpenTelemetryOptions("http://collector") { MetricsExportInterval = TimeSpan.Zero })));
        Should.Throw<ArgumentException>(() => Refused(new(new OpenTelemetryOptions("http://collector")) { Prometheus = new("127.0.0.1:1") }));

        static void Refused(MetricsOptions metrics) => _ = new TemporalRuntime(new() { Telemetry = new() { Metrics = metrics } });
    }

    private static TemporalRuntime New(
        string url, OpenTelemetryProtocol protocol, OpenTelemetryMetricTemporality temporality = OpenTelemetryMetricTemporality.Cumulative) =>
        new(new(new()
        {
            Metrics = new(new OpenTelemetryOptions(url)
            {
                Protocol = protocol,
                MetricTemporality = temporality,
                MetricsExportInterval = TimeSpan.FromMilliseconds(20),
                Headers = new Dictionary<string, string> { ["api-key"] = "secret" },
            }),
        }));

    private async Task<WebApplication> StartAsync(HttpProtocols protocol)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocol));
        var app = builder.Build();
        var service = new GrpcServiceDefinition(MetricsReflection.Descriptor.Services.Single());
        service.Unary<ExportRequest, ExportResponse>("Export", (request, call) =>
        {
            exports.Enqueue((request, call.RequestHeaders.GetText("api-key")));
            return Task.FromResult(new ExportResponse());
        });
        app.MapGrpcWireService(service);
        app.MapPost("/v1/metrics", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (Interlocked.Decrement(ref refusals) >= 0) return Results.StatusCode(503);
            context.Request.ContentType.ShouldBe("application/x-protobuf");
            exports.Enqueue((ExportRequest.Parser.ParseFrom(body.ToArray()), context.Request.Headers["api-key"]));
            return Results.Ok();
        });
        await app.StartAsync();
        return app;
    }
}
