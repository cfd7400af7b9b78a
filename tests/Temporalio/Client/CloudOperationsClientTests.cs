using Google.Protobuf.Reflection;
using GrpcWire.Server;
using Temporalio.Api.Cloud.CloudService.V1;
using Temporalio.Client;
using Temporalio.InTree.Tests.Connection;

namespace Temporalio.InTree.Tests.Client;

/// <summary>The client of Temporal Cloud's operations, against a server that a test scripts.</summary>
public sealed class CloudOperationsClientTests
{
    [Theory]
    [InlineData("2025-05-01")]
    [InlineData(null)]
    public async Task Call_WithKeyAndVersion_SendsBoth(string? version)
    {
        string?[] seen = [];
        var cloud = new GrpcServiceDefinition(ServiceReflection.Descriptor.FindTypeByName<ServiceDescriptor>("CloudService"));
        cloud.Unary<GetNamespaceRequest, GetNamespaceResponse>("GetNamespace", (request, call) =>
        {
            var metadata = call.RequestHeaders;
            seen = [metadata.GetText("authorization"), metadata.GetText("temporal-cloud-api-version"), metadata.GetText("own")];
            return Task.FromResult(new GetNamespaceResponse { Namespace = new() { Namespace_ = request.Namespace } });
        });
        await using var server = await FakeFrontend.StartAsync(_ => { }, more: cloud);
        var options = new TemporalCloudOperationsClientConnectOptions("key")
        {
            TargetHost = server.Target,
            Tls = null,
            Version = version,
            RpcMetadata = new Dictionary<string, string> { ["own"] = "kept" },
        };

        var client = await TemporalCloudOperationsClient.ConnectAsync(options);
        var answer = await client.CloudService.GetNamespaceAsync(new() { Namespace = "bank.a1b2c" });

        answer.Namespace.Namespace_.ShouldBe("bank.a1b2c");
        seen.ShouldBe(["Bearer key", version, "kept"]);
        client.CloudService.ShouldBeSameAs(client.Connection.CloudService);
        options.RpcMetadata!.Count.ShouldBe(1);
    }

    [Fact]
    public void Options_ByDefault_NameTheCloudWithTls()
    {
        var options = new TemporalCloudOperationsClientConnectOptions("key");

        options.TargetHost.ShouldBe("saas-api.tmprl.cloud:443");
        options.Tls.ShouldNotBeNull();
        TemporalCloudOperationsClient.CreateLazy(options).Connection.IsConnected.ShouldBeFalse();
    }
}
