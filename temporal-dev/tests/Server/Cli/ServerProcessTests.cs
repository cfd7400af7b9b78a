using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.TestService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Storage;
using Temporalio.DevServer.Tests.Support;

namespace Temporalio.DevServer.Tests.Cli;

/// <summary>The executable from start to end: what it says, and with which code it ends.</summary>
public sealed class ServerProcessTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_ToAServingServer_EndsItWithZero(string signal)
    {
        await using var server = ServerProcess.Start(["server", "start-dev", "--port", "0", "--namespace", "other", "--strange", "x"]);
        var address = await server.AddressAsync();
        (await DescribeAsync(address, "other")).NamespaceInfo.Name.ShouldBe("other");

        await server.SignalAsync(signal);

        (await server.ExitCodeAsync()).ShouldBe(0, server.Output);
        server.Output.ShouldContain("in memory: for tests only");
        server.Output.ShouldContain("goes on without --strange");
    }

    [Fact]
    public async Task Start_PortInUse_SaysSoAndEndsWithThree()
    {
        await using var first = ServerProcess.Start(["server", "start-dev", "--port", "0"]);
        var port = (await first.AddressAsync()).Split(':')[1];

        await using var second = ServerProcess.Start(["server", "start-dev", "--port", port]);

        (await second.ExitCodeAsync()).ShouldBe(3);
        second.Output.ShouldBe($"temporal-dev: port {port} on 127.0.0.1 is in use: choose another with --port, or stop what listens there");
    }

    [Fact]
    public async Task Start_DatabaseAway_SaysSoWithoutItsPasswordAndEndsWithFour()
    {
        await using var server = ServerProcess.Start(["server", "start-dev", "--port", "0"], ("TEMPORAL_DEV_DATABASE", "postgres://banker:hunter2@127.0.0.1:1/books"));

        (await server.ExitCodeAsync()).ShouldBe(4, server.Output);
        server.Output.ShouldStartWith("temporal-dev: the database does not answer: 127.0.0.1:1/books");
        server.Output.Split('\n').Length.ShouldBe(1, server.Output);
        server.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Start_DatabaseOfAnotherServer_SaysWhoseAndEndsWithFive()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await using var first = ServerProcess.Start(["server", "start-dev", "--port", "0"], ("TEMPORAL_DEV_DATABASE", database));
        await first.AddressAsync();
        first.Output.ShouldContain("State:       PostgreSQL ");

        await using var second = ServerProcess.Start(["server", "start-dev", "--port", "0"], ("TEMPORAL_DEV_DATABASE", database));

        (await second.ExitCodeAsync()).ShouldBe(5, second.Output);
        second.Output.ShouldStartWith("temporal-dev: Another server writes to this database: ");
    }

    [Fact]
    public async Task Fenced_WhileServing_EndsWithSix()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await using var server = ServerProcess.Start(["server", "start-dev", "--port", "0", "--log-level", "never"], ("TEMPORAL_DEV_DATABASE", database));
        var address = await server.AddressAsync();
        await TestCluster.ExecuteAsync(database, "UPDATE temporal_dev.writer_lease SET fence = fence + 1, owner = 'usurper'");

        var refused = await Should.ThrowAsync<RpcException>(() => CallAsync<RegisterNamespaceResponse>(
            address, InProcessServer.Workflow, "RegisterNamespace", new RegisterNamespaceRequest { Namespace = "late", WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(1)) }));

        refused.StatusCode.ShouldBe(StatusCode.Unavailable);
        (await server.ExitCodeAsync()).ShouldBe(6, server.Output);
        server.Output.Split('\n')[^1].ShouldStartWith("temporal-dev: Another server has taken over this database: ");
    }

    [Fact]
    public async Task Restart_OnADatabase_KeepsNamespacesAndCluster()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        string clusterId, namespaceId;
        await using (var first = ServerProcess.Start(["server", "start-dev", "--port", "0", "--namespace", "kept"], ("TEMPORAL_DEV_DATABASE", database)))
        {
            var address = await first.AddressAsync();
            clusterId = (await CallAsync<GetClusterInfoResponse>(address, InProcessServer.Workflow, "GetClusterInfo", new GetClusterInfoRequest())).ClusterId;
            namespaceId = (await DescribeAsync(address, "kept")).NamespaceInfo.Id;
            await first.SignalAsync("KILL");
            await first.ExitCodeAsync();
        }

        await using var second = ServerProcess.Start(["server", "start-dev", "--port", "0"], ("TEMPORAL_DEV_DATABASE", database));
        var again = await second.AddressAsync();

        (await CallAsync<GetClusterInfoResponse>(again, InProcessServer.Workflow, "GetClusterInfo", new GetClusterInfoRequest())).ClusterId.ShouldBe(clusterId);
        (await DescribeAsync(again, "kept")).NamespaceInfo.Id.ShouldBe(namespaceId);
    }

    [Fact]
    public async Task Start_PortAlone_ServesTheTestService()
    {
        await using var server = ServerProcess.Start(["0"]);
        var address = await server.AddressAsync();

        var before = (await CallAsync<GetCurrentTimeResponse>(address, InProcessServer.TestService, "GetCurrentTime", new Empty())).Time.ToDateTimeOffset();
        await CallAsync<SleepResponse>(address, InProcessServer.TestService, "UnlockTimeSkippingWithSleep", new SleepRequest { Duration = Duration.FromTimeSpan(TimeSpan.FromDays(30)) });
        var after = (await CallAsync<GetCurrentTimeResponse>(address, InProcessServer.TestService, "GetCurrentTime", new Empty())).Time.ToDateTimeOffset();

        (after - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromDays(30));
        server.Output.ShouldContain("locked until a test unlocks it");
    }

    [Theory]
    [InlineData("--help", "Exit codes:", 0)]
    [InlineData("--version", "temporal-dev 1.", 0)]
    [InlineData("serve", "temporal-dev: unknown command 'serve'", 2)]
    public async Task Start_WithoutServing_SaysWhatAndEnds(string argument, string expected, int exitCode)
    {
        await using var server = ServerProcess.Start([argument]);

        (await server.ExitCodeAsync()).ShouldBe(exitCode);
        server.Output.ShouldContain(expected);
    }

    private static Task<DescribeNamespaceResponse> DescribeAsync(string address, string name) =>
        CallAsync<DescribeNamespaceResponse>(address, InProcessServer.Workflow, "DescribeNamespace", new DescribeNamespaceRequest { Namespace = name });

    private static async Task<TResponse> CallAsync<TResponse>(string address, string service, string method, Google.Protobuf.IMessage request)
        where TResponse : class, Google.Protobuf.IMessage<TResponse>, new()
    {
        using var channel = new TestChannel(new Uri("http://" + address));
        return await channel.UnaryAsync<TResponse>(service, method, request);
    }
}
