using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Temporalio.DevServer.Hosting;

/// <summary>All that the server answers, by gRPC service. What no module registers answers UNIMPLEMENTED, in words.</summary>
internal sealed class ServerServices(RequestErrors errors)
{
    /// <summary>The real server's limit of a request (clients accept 128 MiB in an answer).</summary>
    private const int MaxRequestBytes = 4 * 1024 * 1024;

    /// <summary>Gets <c>temporal.api.workflowservice.v1.WorkflowService</c>.</summary>
    public ServiceTable Workflow { get; } = new(Service(Api.WorkflowService.V1.ServiceReflection.Descriptor), errors);

    /// <summary>Gets <c>temporal.api.operatorservice.v1.OperatorService</c>.</summary>
    public ServiceTable Operator { get; } = new(Service(Api.OperatorService.V1.ServiceReflection.Descriptor), errors);

    /// <summary>Gets <c>temporal.api.testservice.v1.TestService</c>; empty unless time can skip.</summary>
    public ServiceTable Test { get; } = new(Service(Api.TestService.V1.ServiceReflection.Descriptor), errors);

    /// <summary>Gets <c>grpc.health.v1.Health</c>.</summary>
    public ServiceTable Health { get; } = new(Service(Grpc.Health.V1.HealthReflection.Descriptor), errors);

    /// <summary>Gets or sets whether a start may answer with the first workflow task; set by who builds it, advertised to clients.</summary>
    public bool StartsWorkflowsEagerly { get; set; }

    /// <summary>Sets the limits of the gRPC library.</summary>
    public static void Configure(GrpcServiceOptions options)
    {
        options.MaxReceiveMessageSize = MaxRequestBytes;
        options.MaxSendMessageSize = null;
        // Answered below, with the method's name.
        options.IgnoreUnknownServices = true;
    }

    /// <summary>Puts the services on the port.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var service in (ServiceTable[])[Workflow, Operator, Test, Health])
        {
            if (service.IsServed)
                endpoints.MapGrpcService(service.Build()).Add(SayWhatIsTooLarge);
        }
        endpoints.MapFallback("/{service}/{method}", RefuseUnknownAsync);
    }

    private static ServiceDescriptor Service(FileDescriptor file) => file.Services.Single();

    private static Task RefuseUnknownAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = ((int)StatusCode.Unimplemented).ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString($"unknown service or method {context.Request.Path}: this server does not have it");
        return Task.CompletedTask;
    }

    /// <summary>Official clients know by its first words that a request is too large; in the library's own words they would send it again for ever.</summary>
    private static void SayWhatIsTooLarge(EndpointBuilder endpoint)
    {
        const string LibrarysWords = "Received message exceeds the maximum configured message size.";
        var serve = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async context =>
        {
            await serve(context);
            var headers = context.Response.Headers;
            if (headers.TryGetValue("grpc-message", out var message) && Uri.UnescapeDataString(message.ToString()) == LibrarysWords)
                headers["grpc-message"] = $"grpc: received message larger than max (more vs. {MaxRequestBytes})";
        };
    }
}
