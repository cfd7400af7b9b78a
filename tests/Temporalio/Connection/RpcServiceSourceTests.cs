using System.Runtime.CompilerServices;
using Google.Protobuf.Reflection;
using Temporalio.Client;

namespace Temporalio.InTree.Tests.Connection;

public class RpcServiceSourceTests
{
    public static TheoryData<string> Services => ["WorkflowService", "OperatorService", "CloudService", "TestService"];

    [Theory]
    [MemberData(nameof(Services))]
    public void Write_CommittedFile_EqualsDescriptors(string service)
    {
        var path = Path.Combine(RepositoryRoot(), "temporal", "Temporalio", "Client", service + ".Rpc.g.cs");
        var expected = RpcServiceSource.Write(Descriptor(service));
        if (Environment.GetEnvironmentVariable("UPDATE_GENERATED") == "1") File.WriteAllText(path, expected);
        File.ReadAllText(path).ShouldBe(expected, "run this test with UPDATE_GENERATED=1 and commit the result");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Methods_OfTheClass_AreAllOfTheDescriptor(string service)
    {
        var type = typeof(TemporalConnection).Assembly.GetType("Temporalio.Client." + service, throwOnError: true)!;
        foreach (var method in Descriptor(service).Methods)
        {
            var found = type.GetMethod(method.Name + "Async", [method.InputType.ClrType, typeof(RpcOptions)]);
            found.ShouldNotBeNull(method.FullName);
            found.ReturnType.ShouldBe(typeof(Task<>).MakeGenericType(method.OutputType.ClrType), method.FullName);
        }
    }

    private static ServiceDescriptor Descriptor(string service) => service switch
    {
        "WorkflowService" => Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.FindTypeByName<ServiceDescriptor>(service),
        "OperatorService" => Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.FindTypeByName<ServiceDescriptor>(service),
        "CloudService" => Temporalio.Api.Cloud.CloudService.V1.ServiceReflection.Descriptor.FindTypeByName<ServiceDescriptor>(service),
        _ => Temporalio.Api.TestService.V1.ServiceReflection.Descriptor.FindTypeByName<ServiceDescriptor>(service),
    };

    private static string RepositoryRoot([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
