using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Client;

public class WorkflowListTests
{
    private const string Rpc = "ListWorkflowExecutions";

    [Fact]
    public async Task ListWorkflowsAsync_Pages_AreReadOnlyAsNeeded()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script.Answer(Rpc, Page("page 2", "a", "b")).Answer(Rpc, Page("page 3", "c", "d"));

        var ids = await client.ListWorkflowsAsync("Query", new() { Limit = 3 }).Select(e => e.Id).ToListAsync();

        ids.ShouldBe(["a", "b", "c"]);
        var requests = script.RequestsOf<ListWorkflowExecutionsRequest>();
        requests.Select(r => r.NextPageToken.ToStringUtf8()).ShouldBe([string.Empty, "page 2"]);
        requests.ShouldAllBe(r => r.Query == "Query" && r.Namespace == "scripted");
    }

    [Fact]
    public void ListWorkflowsAsync_NegativeLimit_Throws()
    {
        var (client, _) = ScriptedConnection.CreateClient();

        Should.Throw<ArgumentOutOfRangeException>(() => client.ListWorkflowsAsync(string.Empty, new() { Limit = -1 }));
    }

    [Fact]
    public async Task ListWorkflowsPaginatedAsync_Token_ComesBackAndForth()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script.Answer(Rpc, Page("page 2", "a")).Answer(Rpc, Page(string.Empty, "b"));

        var first = await client.ListWorkflowsPaginatedAsync("Query", null, new() { PageSize = 1 });
        var second = await client.ListWorkflowsPaginatedAsync("Query", first.NextPageToken, new() { PageSize = 1 });

        first.Workflows.Single().Id.ShouldBe("a");
        second.Workflows.Single().Id.ShouldBe("b");
        second.NextPageToken.ShouldBeNull();
        script.RequestsOf<ListWorkflowExecutionsRequest>().ShouldAllBe(r => r.PageSize == 1);
    }

    [Fact]
    public async Task ListWorkflowsAsync_Execution_IsConverted()
    {
        var (client, script) = ScriptedConnection.CreateClient(
            new() { DataConverter = DataConverter.Default with { PayloadCodec = new Base64Codec() } });
        var start = new DateTime(2026, 11, 22, 4, 0, 0, DateTimeKind.Utc);
        var key = SearchAttributeKey.CreateKeyword("Status");
        script.Answer(Rpc, new ListWorkflowExecutionsResponse
        {
            Executions =
            {
                new WorkflowExecutionInfo
                {
                    Execution = new() { WorkflowId = "wf", RunId = "run" },
                    ParentExecution = new() { WorkflowId = "parent", RunId = "parent-run" },
                    RootExecution = new() { WorkflowId = "root", RunId = "root-run" },
                    Type = new() { Name = "Flow" },
                    Status = WorkflowExecutionStatus.Running,
                    TaskQueue = "queue",
                    HistoryLength = 42,
                    StartTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(start),
                    Memo = new() { Fields = { ["note"] = await client.Options.DataConverter.ToPayloadAsync("memo") } },
                    SearchAttributes = new SearchAttributeCollection.Builder().Set(key, "NEW")
                        .ToSearchAttributeCollection().ToProto(),
                },
            },
        });

        var execution = await client.ListWorkflowsAsync(string.Empty).SingleAsync();

        execution.Id.ShouldBe("wf");
        execution.RunId.ShouldBe("run");
        execution.ParentId.ShouldBe("parent");
        execution.ParentRunId.ShouldBe("parent-run");
        execution.RootId.ShouldBe("root");
        execution.RootRunId.ShouldBe("root-run");
        execution.WorkflowType.ShouldBe("Flow");
        execution.Status.ShouldBe(WorkflowExecutionStatus.Running);
        execution.TaskQueue.ShouldBe("queue");
        execution.HistoryLength.ShouldBe(42);
        execution.StartTime.ShouldBe(start);
        execution.CloseTime.ShouldBeNull();
        execution.TypedSearchAttributes.Get(key).ShouldBe("NEW");
        (await execution.Memo["note"].ToValueAsync<string>()).ShouldBe("memo");
    }

    [Fact]
    public async Task CountWorkflowsAsync_Groups_HaveTheirValues()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        var value = DataConverter.Default.PayloadConverter.ToPayload("Running");
        value.Metadata["type"] = ByteString.CopyFromUtf8("Keyword");
        script.Answer("CountWorkflowExecutions", new CountWorkflowExecutionsResponse
        {
            Count = 5,
            Groups = { new CountWorkflowExecutionsResponse.Types.AggregationGroup { Count = 5, GroupValues = { value } } },
        });

        var count = await client.CountWorkflowsAsync("GROUP BY ExecutionStatus");

        count.Count.ShouldBe(5);
        count.Groups.Single().Count.ShouldBe(5);
        count.Groups.Single().GroupValues.ShouldBe(["Running"]);
    }

    private static ListWorkflowExecutionsResponse Page(string nextPageToken, params string[] ids) => new()
    {
        Executions = { ids.Select(id => new WorkflowExecutionInfo { Execution = new() { WorkflowId = id, RunId = "run" } }) },
        NextPageToken = ByteString.CopyFromUtf8(nextPageToken),
    };
}
