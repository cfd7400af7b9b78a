using Grpc.Health.V1;
using GrpcWire.Server;

namespace GrpcWire.Tests.Support;

/// <summary>The health service with a test's handler, on our server, and a channel to it.</summary>
internal sealed class ServedHealth : IAsyncDisposable
{
    public static readonly HealthCheckResponse Serving = new() { Status = HealthCheckResponse.Types.ServingStatus.Serving };

    private readonly TestHost host;

    private ServedHealth(TestHost host, bool compress)
    {
        this.host = host;
        Channel = new GrpcChannel(new GrpcChannelOptions { Address = host.Address, CompressRequests = compress, CompressionThresholdBytes = 0 });
    }

    public Uri Address => host.Address;

    public GrpcChannel Channel { get; }

    public static Task<ServedHealth> StartAsync(
        GrpcUnaryHandler<HealthCheckRequest, HealthCheckResponse> check, GrpcServerOptions? options = null, bool compress = false) =>
        StartAsync(service => service.Unary("Check", check), options, compress);

    public static async Task<ServedHealth> StartAsync(
        Action<GrpcServiceDefinition> handlers, GrpcServerOptions? options = null, bool compress = false)
    {
        var service = new GrpcServiceDefinition(EchoService.Health);
        handlers(service);
        var host = await TestHost.StartAsync(app =>
        {
            app.MapGrpcWireService(service, options);
            app.MapGrpcWireFallback();
        });
        return new ServedHealth(host, compress);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await host.DisposeAsync();
    }
}
