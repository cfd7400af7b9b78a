using GrpcWire.Server;
using Microsoft.AspNetCore.Routing;

namespace Temporalio.DevServer.Hosting;

/// <summary>All that the server answers, by gRPC service. What no module registers answers UNIMPLEMENTED.</summary>
internal sealed class ServerServices(RequestErrors errors)
{
    // The real server's limits: 4 MiB for a request (clients accept 128 MiB in an answer).
    private static readonly GrpcServerOptions Limits = new() { MaxReceiveBytes = 4 * 1024 * 1024 };

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

    /// <summary>Puts the services on the port.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var service in (ServiceTable[])[Workflow, Operator, Test, Health])
        {
            if (service.IsServed)
                endpoints.MapGrpcWireService(service.Definition, Limits);
        }
        endpoints.MapGrpcWireFallback();
    }

    private static Google.Protobuf.Reflection.ServiceDescriptor Service(Google.Protobuf.Reflection.FileDescriptor file) => file.Services.Single();
}
