using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Support;

namespace Temporalio.DevServer.Tests.Edge;

/// <summary>Search attributes through the port. Statuses and texts are those of the real server 1.32.</summary>
public sealed class SearchAttributeTests : IAsyncLifetime
{
    private InProcessServer server = null!;

    public async ValueTask InitializeAsync() => server = await InProcessServer.StartAsync(new DevServerOptions { Namespaces = ["other"] });

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Add_Twice_IsThereOnceAndOnlyInItsNamespace()
    {
        await AddAsync("default", ("Color", IndexedValueType.Keyword));
        await AddAsync("default", ("Color", IndexedValueType.Keyword), ("Size", IndexedValueType.Int));

        (await ListAsync("default")).CustomAttributes.ShouldBe(new Dictionary<string, IndexedValueType> { ["Color"] = IndexedValueType.Keyword, ["Size"] = IndexedValueType.Int }, ignoreOrder: true);
        (await ListAsync("other")).CustomAttributes.ShouldBeEmpty();
        (await ListAsync("other")).SystemAttributes["WorkflowType"].ShouldBe(IndexedValueType.Keyword);
        (await server.WorkflowAsync<GetSearchAttributesResponse>("GetSearchAttributes", new GetSearchAttributesRequest())).Keys.ShouldNotContainKey("Color");
    }

    [Fact]
    public async Task Remove_Registered_IsGoneAndAgainNoError()
    {
        await AddAsync("default", ("Color", IndexedValueType.Keyword));

        await RemoveAsync("Color");
        await RemoveAsync("Color");

        (await ListAsync("default")).CustomAttributes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Add_ThereWithAnotherType_IsRefusedAndNothingChanges()
    {
        await AddAsync("default", ("Color", IndexedValueType.Keyword));

        var refused = await Should.ThrowAsync<RpcException>(() => AddAsync("default", ("Anew", IndexedValueType.Int), ("Color", IndexedValueType.Int)));

        (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.InvalidArgument, "Search attribute Color already exists with type Keyword."));
        (await ListAsync("default")).CustomAttributes.Keys.ShouldBe(["Color"]);
    }

    [Theory]
    [InlineData("RunId", IndexedValueType.Keyword, "Search attribute RunId is reserved by system.")]
    [InlineData("A", (IndexedValueType)99, "Unknown search attribute type: 99.")]
    public async Task Add_Nonsense_IsRefused(string name, IndexedValueType type, string expected)
    {
        var refused = await Should.ThrowAsync<RpcException>(() => AddAsync("default", (name, type)));

        (refused.StatusCode, refused.Status.Detail).ShouldBe((StatusCode.InvalidArgument, expected));
    }

    [Fact]
    public async Task Calls_WithoutWhatTheyNeed_AreRefused()
    {
        (await Should.ThrowAsync<RpcException>(() => AddAsync("default"))).Status.Detail.ShouldBe("SearchAttributes are not set on request.");
        (await Should.ThrowAsync<RpcException>(() => ListAsync(""))).Status.Detail.ShouldBe("Namespace is not set on request.");
        (await Should.ThrowAsync<RpcException>(() => ListAsync("nope"))).StatusCode.ShouldBe(StatusCode.NotFound);
        (await Should.ThrowAsync<RpcException>(() => RemoveAsync("RunId"))).Status.Detail.ShouldBe("Unable to remove non-custom search attributes: RunId.");
    }

    [Fact]
    public async Task Start_WithSearchAttributes_RegistersThem()
    {
        await using var other = await InProcessServer.StartAsync(new DevServerOptions { Namespaces = ["n"], SearchAttributes = new Dictionary<string, IndexedValueType> { ["Due"] = IndexedValueType.Datetime } });

        foreach (var name in (string[])["default", "n"])
            (await other.OperatorAsync<ListSearchAttributesResponse>("ListSearchAttributes", new ListSearchAttributesRequest { Namespace = name })).CustomAttributes["Due"].ShouldBe(IndexedValueType.Datetime);
    }

    private Task AddAsync(string name, params (string Name, IndexedValueType Type)[] attributes) => server.OperatorAsync<AddSearchAttributesResponse>(
        "AddSearchAttributes", new AddSearchAttributesRequest { Namespace = name, SearchAttributes = { attributes.ToDictionary(a => a.Name, a => a.Type) } });

    private Task RemoveAsync(string attribute) =>
        server.OperatorAsync<RemoveSearchAttributesResponse>("RemoveSearchAttributes", new RemoveSearchAttributesRequest { Namespace = "default", SearchAttributes = { attribute } });

    private Task<ListSearchAttributesResponse> ListAsync(string name) => server.OperatorAsync<ListSearchAttributesResponse>("ListSearchAttributes", new ListSearchAttributesRequest { Namespace = name });
}
