using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Support;

namespace Temporalio.DevServer.Tests.Edge;

/// <summary>Namespaces through the port. Statuses and texts are those of the real server 1.32.</summary>
public sealed class NamespaceTests : IAsyncLifetime
{
    private InProcessServer server = null!;

    public async ValueTask InitializeAsync() => server = await InProcessServer.StartAsync();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Register_ThenDescribe_ShowsWhatWasAsked()
    {
        await RegisterAsync(new RegisterNamespaceRequest { Namespace = "n", Description = "d", OwnerEmail = "o@x", Data = { ["k"] = "v" } });

        var described = await server.WorkflowAsync<DescribeNamespaceResponse>("DescribeNamespace", new DescribeNamespaceRequest { Namespace = "n" });

        var info = described.NamespaceInfo;
        (info.Name, info.Description, info.OwnerEmail, info.State, info.Data["k"]).ShouldBe(("n", "d", "o@x", NamespaceState.Registered, "v"));
        described.Config.WorkflowExecutionRetentionTtl.ToTimeSpan().ShouldBe(TimeSpan.FromDays(2));
        (await server.WorkflowAsync<DescribeNamespaceResponse>("DescribeNamespace", new DescribeNamespaceRequest { Id = info.Id })).NamespaceInfo.Name.ShouldBe("n");
    }

    [Fact]
    public async Task Register_NameThatExists_IsRefusedWithTheDetail()
    {
        var refused = await Should.ThrowAsync<RpcException>(() => RegisterAsync(new RegisterNamespaceRequest { Namespace = "default" }));

        (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.AlreadyExists, "Namespace \"default\" already exists"));
        GrpcStatus.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin")).Details.Single().Is(NamespaceAlreadyExistsFailure.Descriptor).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", 48, "Namespace not set on request.")]
    [InlineData("n", 0, "A valid retention period is not set on request.")]
    [InlineData("n", -1, "A valid retention period is not set on request.")]
    [InlineData("a\0b", 48, "A text holds the zero character or is not valid Unicode.")]
    public async Task Register_Nonsense_IsRefused(string name, int hours, string expected)
    {
        var request = new RegisterNamespaceRequest { Namespace = name, WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromHours(hours)) };

        var refused = await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<RegisterNamespaceResponse>("RegisterNamespace", request));

        (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.InvalidArgument, expected));
    }

    [Fact]
    public async Task Describe_Unknown_IsNotFoundWithItsName()
    {
        var refused = await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<DescribeNamespaceResponse>("DescribeNamespace", new DescribeNamespaceRequest { Namespace = "nope" }));

        (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.NotFound, "Namespace nope is not found."));
        GrpcStatus.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin")).Details.Single().Unpack<NamespaceNotFoundFailure>().Namespace.ShouldBe("nope");
    }

    [Fact]
    public async Task Update_SomeFields_KeepsTheOthersAndMergesData()
    {
        await RegisterAsync(new RegisterNamespaceRequest { Namespace = "n", Description = "d", Data = { ["a"] = "1", ["b"] = "2" } });

        var updated = await server.WorkflowAsync<UpdateNamespaceResponse>("UpdateNamespace", new UpdateNamespaceRequest { Namespace = "n", UpdateInfo = new UpdateNamespaceInfo { OwnerEmail = "o", Data = { ["b"] = "3" } } });

        (updated.NamespaceInfo.Description, updated.NamespaceInfo.OwnerEmail, updated.NamespaceInfo.Data["a"], updated.NamespaceInfo.Data["b"]).ShouldBe(("d", "o", "1", "3"));
        updated.Config.WorkflowExecutionRetentionTtl.ToTimeSpan().ShouldBe(TimeSpan.FromDays(2));
    }

    [Fact]
    public async Task List_InPages_ShowsEachOnce()
    {
        foreach (var name in (string[])["c", "a", "b"])
            await RegisterAsync(new RegisterNamespaceRequest { Namespace = name });
        var names = new List<string>();
        var request = new ListNamespacesRequest { PageSize = 1 };
        do
        {
            var page = await server.WorkflowAsync<ListNamespacesResponse>("ListNamespaces", request);
            names.Add(page.Namespaces.Single().NamespaceInfo.Name);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);

        names.ShouldBe(["a", "b", "c", "default"]);
    }

    [Fact]
    public async Task Delete_FreesTheNameAtOnce()
    {
        await RegisterAsync(new RegisterNamespaceRequest { Namespace = "n" });

        var deleted = await server.OperatorAsync<DeleteNamespaceResponse>("DeleteNamespace", new DeleteNamespaceRequest { Namespace = "n" });

        deleted.DeletedNamespace.ShouldStartWith("n-deleted-");
        (await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<DescribeNamespaceResponse>("DescribeNamespace", new DescribeNamespaceRequest { Namespace = "n" }))).StatusCode.ShouldBe(StatusCode.NotFound);
        await RegisterAsync(new RegisterNamespaceRequest { Namespace = "n" });
    }

    [Fact]
    public async Task Deprecated_TakesNoNewWorkflows()
    {
        await RegisterAsync(new RegisterNamespaceRequest { Namespace = "n" });
        await server.WorkflowAsync<DeprecateNamespaceResponse>("DeprecateNamespace", new DeprecateNamespaceRequest { Namespace = "n" });

        var refused = await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<StartWorkflowExecutionResponse>(
            "StartWorkflowExecution", new StartWorkflowExecutionRequest { Namespace = "n", WorkflowId = "w", WorkflowType = new() { Name = "T" }, TaskQueue = new() { Name = "q" } }));

        (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.FailedPrecondition, "Namespace has invalid state: Deprecated. Must be Registered."));
    }

    private Task RegisterAsync(RegisterNamespaceRequest request)
    {
        request.WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(2));
        return server.WorkflowAsync<RegisterNamespaceResponse>("RegisterNamespace", request);
    }
}
