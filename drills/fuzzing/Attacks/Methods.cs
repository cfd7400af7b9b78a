using Google.Protobuf.Reflection;

namespace Temporalio.Fuzzing.Attacks;

/// <summary>Every method of every service that a Temporal server may have.</summary>
internal static class Methods
{
    public static IReadOnlyList<MethodDescriptor> All { get; } =
    [
        .. Api.WorkflowService.V1.ServiceReflection.Descriptor.Services[0].Methods,
        .. Api.OperatorService.V1.ServiceReflection.Descriptor.Services[0].Methods,
        .. Api.TestService.V1.ServiceReflection.Descriptor.Services[0].Methods,
        .. Grpc.Health.V1.HealthReflection.Descriptor.Services[0].Methods,
    ];

    public static string Path(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";
}
