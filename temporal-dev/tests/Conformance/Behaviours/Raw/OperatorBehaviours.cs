using Temporalio.Api.Enums.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>What operators set up and look at: namespaces, search attributes, task queues, the cluster.</summary>
public abstract class OperatorBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    private readonly string name = NewId("namespace");

    [Fact]
    public Task Namespace_Registered_IsDescribedUpdatedAndListed() => RecordedAsync(async () =>
    {
        await Service.RegisterNamespaceAsync(new()
        {
            Namespace = name, Description = "for a test", OwnerEmail = "nobody@example.org", WorkflowExecutionRetentionPeriod = Commands.Seconds(86400 * 3), Data = { ["k"] = "v" },
        });
        var described = await Service.DescribeNamespaceAsync(new() { Namespace = name });
        described.NamespaceInfo.State.ShouldBe(NamespaceState.Registered);
        Observe("description", described.NamespaceInfo.Description);
        Observe("config", described.Config.WorkflowExecutionRetentionTtl.ToString());
        var updated = await Service.UpdateNamespaceAsync(new()
        {
            Namespace = name, UpdateInfo = new() { Description = "changed" }, Config = new() { WorkflowExecutionRetentionTtl = Commands.Seconds(86400 * 5) },
        });
        updated.NamespaceInfo.Description.ShouldBe("changed");
        updated.NamespaceInfo.OwnerEmail.ShouldBe("nobody@example.org");
        var listed = await Service.ListNamespacesAsync(new() { PageSize = 1000 });
        listed.Namespaces.ShouldContain(n => n.NamespaceInfo.Name == name && n.NamespaceInfo.Description == "changed");
        await Client.Connection.OperatorService.DeleteNamespaceAsync(new() { Namespace = name });
    });

    [Fact]
    public Task Namespace_RegisteredTwice_IsRefused() => RecordedAsync(async () =>
    {
        await RefusedAsync("the default namespace again", () => Service.RegisterNamespaceAsync(new() { Namespace = Namespace, WorkflowExecutionRetentionPeriod = Commands.Seconds(86400) }));
        await RefusedAsync("no retention", () => Service.RegisterNamespaceAsync(new() { Namespace = name }));
        await RefusedAsync("no name", () => Service.RegisterNamespaceAsync(new() { WorkflowExecutionRetentionPeriod = Commands.Seconds(86400) }));
    });

    [Fact]
    public Task Namespace_Unknown_IsRefused() => RecordedAsync(async () =>
    {
        var refusal = await RefusedAsync("a description", () => Service.DescribeNamespaceAsync(new() { Namespace = "no-such-namespace" }));
        refusal.Code.ShouldBe(RpcException.StatusCode.NotFound);
        await RefusedAsync("a poll", () => Service.PollWorkflowTaskQueueAsync(new() { Namespace = "no-such-namespace", TaskQueue = NormalQueue }));
        await RefusedAsync("a list", () => Service.ListWorkflowExecutionsAsync(new() { Namespace = "no-such-namespace" }));
    });

    [Fact]
    public Task SearchAttribute_Added_IsListedUsedAndRemoved() => RecordedAsync(async () =>
    {
        var attribute = $"Marker{Guid.NewGuid():N}";
        var service = Client.Connection.OperatorService;
        await service.AddSearchAttributesAsync(new() { Namespace = Namespace, SearchAttributes = { [attribute] = IndexedValueType.Keyword } });
        await EventuallyAsync(async () => (await service.ListSearchAttributesAsync(new() { Namespace = Namespace })).CustomAttributes.ContainsKey(attribute));
        await EventuallyAsync(() => IsKnownAsync(attribute));
        await StartAsync(r => r.SearchAttributes = new() { IndexedFields = { [attribute] = Commands.Payload("used") } });
        await EventuallyAsync(async () => (await Service.CountWorkflowExecutionsAsync(new() { Namespace = Namespace, Query = $"{attribute} = 'used'" })).Count == 1);
        // Once the attribute is gone, the real server shows its database column in its place.
        Observe("history", new Api.History.V1.History { Events = { await HistoryAsync() } });
        await Service.DeleteWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = Execution });
        await EventuallyAsync(IsGoneAsync);
        await service.RemoveSearchAttributesAsync(new() { Namespace = Namespace, SearchAttributes = { attribute } });
        await EventuallyAsync(async () => !(await service.ListSearchAttributesAsync(new() { Namespace = Namespace })).CustomAttributes.ContainsKey(attribute));
    });

    [Fact]
    public Task SearchAttributes_OfTheSystem_AreListedWithTheirTypes() => RecordedAsync(async () =>
    {
        var listed = await Client.Connection.OperatorService.ListSearchAttributesAsync(new() { Namespace = Namespace });
        listed.SystemAttributes["WorkflowId"].ShouldBe(IndexedValueType.Keyword);
        Observe("system attributes", string.Join('\n', listed.SystemAttributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key} {a.Value}")));
        (await RefusedAsync("one of the system's", () => Client.Connection.OperatorService.AddSearchAttributesAsync(
            new() { Namespace = Namespace, SearchAttributes = { ["WorkflowId"] = IndexedValueType.Keyword } }))).Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
    });

    [Fact]
    public Task TaskQueue_WithAPoller_NamesIt() => RecordedAsync(async () =>
    {
        using var stop = new CancellationTokenSource();
        var poll = Service.PollWorkflowTaskQueueAsync(
            new() { Namespace = Namespace, TaskQueue = NormalQueue, Identity = "the poller" }, new() { CancellationToken = stop.Token });
        await EventuallyAsync(async () => (await DescribeQueueAsync()).Pollers.Any(p => p.Identity == "the poller"));
        Observe("description", await DescribeQueueAsync());
        await stop.CancelAsync();
        await Should.ThrowAsync<Exception>(() => poll);
    });

    [Fact]
    public Task TaskQueue_WithABacklog_CountsIt() => RecordedAsync(async () =>
    {
        await StartAsync();
        await EventuallyAsync(async () => (await DescribeQueueAsync()).Stats.ApproximateBacklogCount == 1);
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task TaskQueue_Partitions_AreListed() => RecordedAsync(async () =>
    {
        var listed = await Service.ListTaskQueuePartitionsAsync(new() { Namespace = Namespace, TaskQueue = NormalQueue });
        listed.WorkflowTaskQueuePartitions.ShouldNotBeEmpty();
        listed.ActivityTaskQueuePartitions.ShouldNotBeEmpty();
    });

    [Fact]
    public Task Cluster_Asked_SaysWhatItIs() => RecordedAsync(async () =>
    {
        var cluster = await Service.GetClusterInfoAsync(new());
        cluster.ServerVersion.ShouldNotBeEmpty();
        cluster.ClusterName.ShouldNotBeEmpty();
        var system = await Service.GetSystemInfoAsync(new());
        system.Capabilities.SignalAndQueryHeader.ShouldBeTrue();
        system.Capabilities.EncodedFailureAttributes.ShouldBeTrue();
        (await Client.Connection.CheckHealthAsync()).ShouldBeTrue();
    });

    private async Task<bool> IsGoneAsync()
    {
        try
        {
            await DescribeAsync();
            return false;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return true;
        }
    }

    /// <summary>
    /// Whether all parts of the server know an attribute: the real one's learn of it one after the other, and until then refuse it, or show the name of its
    /// database column. A run of its own finds out, which is not recorded.
    /// </summary>
    private async Task<bool> IsKnownAsync(string attribute)
    {
        var probe = new Api.WorkflowService.V1.StartWorkflowExecutionRequest
        {
            Namespace = Namespace, WorkflowId = NewId("probe"), WorkflowType = new() { Name = "Raw" }, TaskQueue = NormalQueue, Identity = Identity, RequestId = Guid.NewGuid().ToString(),
            SearchAttributes = new() { IndexedFields = { [attribute] = Commands.Payload("probe") } },
        };
        try
        {
            await Service.StartWorkflowExecutionAsync(probe);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.InvalidArgument)
        {
            return false;
        }

        var handle = Client.GetWorkflowHandle(probe.WorkflowId);
        var shown = (await EventsAsync(handle)).First().WorkflowExecutionStartedEventAttributes.SearchAttributes.IndexedFields;
        await handle.TerminateAsync();
        return shown.ContainsKey(attribute);
    }

    private Task<Api.WorkflowService.V1.DescribeTaskQueueResponse> DescribeQueueAsync() => Service.DescribeTaskQueueAsync(
        new() { Namespace = Namespace, TaskQueue = NormalQueue, TaskQueueType = TaskQueueType.Workflow, ReportStats = true });
}
