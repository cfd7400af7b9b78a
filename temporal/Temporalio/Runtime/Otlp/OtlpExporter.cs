using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Google.Protobuf;
using GrpcWire;
using Microsoft.Extensions.Logging;
using Temporalio.Runtime.Otlp.Wire;

namespace Temporalio.Runtime.Otlp;

/// <summary>Sends metrics to a collector, again and again until its runtime is collected. What did not arrive goes with the next export.</summary>
internal sealed class OtlpExporter : IDisposable
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly GrpcMethod<ExportRequest, ExportResponse> Export =
        new(MetricsReflection.Descriptor.Services[0].FullName, "Export", ExportResponse.Parser);

    private readonly CancellationTokenSource stop = new();
    private readonly OpenTelemetryOptions options;
    private readonly Uri url;
    private readonly GrpcChannel? channel;
    private readonly HttpClient? http;

    /// <summary>Initializes a new instance of the <see cref="OtlpExporter"/> class and begins.</summary>
    /// <param name="options">Options.</param>
    /// <param name="meter">What to send.</param>
    /// <param name="log">Where failures go.</param>
    /// <exception cref="ArgumentException">The URL is missing or none of HTTP, or the interval is not positive.</exception>
    internal OtlpExporter(OpenTelemetryOptions options, OtlpMeter meter, RuntimeLog log)
    {
        this.options = options;
        url = options.Url is { IsAbsoluteUri: true, Scheme: "http" or "https" } given
            ? given
            : throw new ArgumentException($"OpenTelemetry needs a URL of http or https, not '{options.Url}'", nameof(options));
        var interval = options.MetricsExportInterval ?? DefaultInterval;
        if (interval <= TimeSpan.Zero) throw new ArgumentException("The time between exports must be positive", nameof(options));
        if (options.Protocol == OpenTelemetryProtocol.Grpc)
        {
            channel = new(new() { Address = new(url.GetLeftPart(UriPartial.Authority)), Tls = url.Scheme == "https" ? new() : null });
        }
        else
        {
            http = new() { Timeout = Timeout };
        }
        _ = Task.Run(() => RunAsync(interval, meter, log));
    }

    /// <inheritdoc />
    public void Dispose() => stop.Cancel();

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong with a collector ends in the log")]
    private async Task RunAsync(TimeSpan interval, OtlpMeter meter, RuntimeLog log)
    {
        using var timer = new PeriodicTimer(interval);
        using (channel)
        using (http)
        {
            while (await NextAsync(timer).ConfigureAwait(false))
            {
                try
                {
                    if (meter.Take() is { } request)
                    {
                        await SendAsync(request).ConfigureAwait(false);
                        meter.Arrived();
                    }
                }
                catch (Exception e) when (!stop.IsCancellationRequested)
                {
                    log.Write(LogLevel.Warning, RuntimeLog.Telemetry, "Metrics could not be exported", ("error", e.Message));
                }
            }
        }
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SendAsync(ExportRequest request)
    {
        if (channel != null)
        {
            var metadata = new GrpcMetadata((options.Headers ?? []).Select(header => new GrpcMetadataEntry(header.Key, header.Value)));
            await channel.UnaryAsync(Export, request, new() { Metadata = metadata, Timeout = Timeout, CancellationToken = stop.Token }).ConfigureAwait(false);
            return;
        }
        using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(request.ToByteArray()) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        foreach (var (name, value) in options.Headers ?? [])
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await http!.SendAsync(message, stop.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }
}
