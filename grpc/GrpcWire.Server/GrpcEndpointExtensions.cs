using GrpcWire.Server.Internal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcWire.Server;

/// <summary>Puts gRPC services on an ASP.NET Core application whose listener speaks HTTP/2.</summary>
public static class GrpcEndpointExtensions
{
    /// <summary>Serves a service.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="service">The service, complete.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <returns>The endpoint, for conventions such as authorization.</returns>
    public static IEndpointConventionBuilder MapGrpcWireService(
        this IEndpointRouteBuilder endpoints, GrpcServiceDefinition service, GrpcServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(service);
        var logger = endpoints.ServiceProvider.GetService<ILoggerFactory>()?.CreateLogger("GrpcWire.Server") ?? NullLogger.Instance;
        var handler = new GrpcServiceHandler(service, options ?? new GrpcServerOptions(), logger);
        return endpoints.MapPost("/" + service.FullName + "/{method}", (RequestDelegate)handler.HandleAsync).WithDisplayName("gRPC " + service.FullName);
    }

    /// <summary>Answers UNIMPLEMENTED to gRPC calls of services that are not mapped; other requests get 404.</summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>The endpoint.</returns>
    public static IEndpointConventionBuilder MapGrpcWireFallback(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.MapFallback("/{service}/{method}", (RequestDelegate)GrpcServiceHandler.RefuseUnknownServiceAsync);
    }
}
