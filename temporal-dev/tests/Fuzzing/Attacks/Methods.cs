using Google.Protobuf.Reflection;
using Temporalio.Fuzzing.Wire;

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

    /// <summary>Those that the server has: to the others there is little to say.</summary>
    public static async Task<IReadOnlyList<MethodDescriptor>> BuiltAsync(RawClient client, CancellationToken cancellationToken)
    {
        const int Unimplemented = 12;
        var built = new List<MethodDescriptor>();
        foreach (var method in All)
        {
            // A body that is no message: whoever reads it refuses it, and nothing happens.
            var answer = await client.SendAsync(new RawCall { Path = Path(method), Body = RawCall.Frame([0xff]) }, cancellationToken);
            if (answer.GrpcStatus != Unimplemented)
                built.Add(method);
        }
        return built;
    }

    public static string Path(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";
}
