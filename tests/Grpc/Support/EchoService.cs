using Google.Protobuf.Reflection;
using Temporalio.Api.TestService.V1;

namespace GrpcWire.Tests.Support;

/// <summary>Descriptors for served tests: any service will do, so Temporal's own small ones serve.</summary>
internal static class EchoService
{
    public static readonly GrpcMethod<SleepRequest, SleepResponse> Sleep = new("temporal.api.testservice.v1.TestService", "Sleep", SleepResponse.Parser);

    public static readonly GrpcMethod<LockTimeSkippingRequest, LockTimeSkippingResponse> Lock =
        new("temporal.api.testservice.v1.TestService", "LockTimeSkipping", LockTimeSkippingResponse.Parser);

    public static readonly GrpcMethod<Grpc.Health.V1.HealthCheckRequest, Grpc.Health.V1.HealthCheckResponse> Check =
        new("grpc.health.v1.Health", "Check", Grpc.Health.V1.HealthCheckResponse.Parser);

    public static readonly GrpcMethod<Grpc.Health.V1.HealthCheckRequest, Grpc.Health.V1.HealthCheckResponse> Watch =
        new("grpc.health.v1.Health", "Watch", Grpc.Health.V1.HealthCheckResponse.Parser);

    public static ServiceDescriptor Test => ServiceReflection.Descriptor.FindTypeByName<ServiceDescriptor>("TestService");

    public static ServiceDescriptor Health => Grpc.Health.V1.HealthReflection.Descriptor.FindTypeByName<ServiceDescriptor>("Health");
}
