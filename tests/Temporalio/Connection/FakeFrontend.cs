using System.Net;
using Google.Protobuf.Reflection;
using GrpcWire.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.InTree.Tests.Connection;

/// <summary>A frontend that a test scripts, for what the real one cannot be made to do.</summary>
internal sealed class FakeFrontend : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeFrontend(WebApplication app, string target)
    {
        this.app = app;
        Target = target;
    }

    public string Target { get; }

    /// <summary>Starts one.</summary>
    /// <param name="script">Adds handlers of the workflow service; GetSystemInfo is there unless <paramref name="systemInfo"/> says otherwise.</param>
    /// <param name="systemInfo">Answers GetSystemInfo; null for a plain answer.</param>
    /// <param name="https">TLS, or null for none.</param>
    /// <param name="more">Another service beside it, or null for none.</param>
    public static async Task<FakeFrontend> StartAsync(
        Action<GrpcServiceDefinition> script,
        GrpcUnaryHandler<GetSystemInfoRequest, GetSystemInfoResponse>? systemInfo = null,
        Action<HttpsConnectionAdapterOptions>? https = null,
        GrpcServiceDefinition? more = null)
    {
        var service = new GrpcServiceDefinition(ServiceReflection.Descriptor.FindTypeByName<ServiceDescriptor>("WorkflowService"));
        service.Unary("GetSystemInfo", systemInfo ?? ((_, _) => Task.FromResult(new GetSystemInfoResponse { ServerVersion = "fake", Capabilities = new() { UpsertMemo = true } })));
        script(service);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (https is not null) listen.UseHttps(https);
        }));
        var app = builder.Build();
        app.MapGrpcWireService(service);
        if (more is not null) app.MapGrpcWireService(more);
        await app.StartAsync();
        return new FakeFrontend(app, "127.0.0.1:" + new Uri(app.Urls.Single()).Port);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
