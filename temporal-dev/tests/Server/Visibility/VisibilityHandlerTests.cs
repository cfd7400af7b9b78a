using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Filter.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Storage;
using Temporalio.DevServer.Tests.Support;

namespace Temporalio.DevServer.Tests.Visibility;

/// <summary>Listing and counting over the wire. What filters match, and why they are refused, was recorded on the real server 1.32: <c>filters.json</c>.</summary>
public sealed class VisibilityHandlerTests
{
    private static readonly Dictionary<string, IndexedValueType> Attributes = new()
    {
        ["K"] = IndexedValueType.Keyword,
        ["L"] = IndexedValueType.KeywordList,
        ["I"] = IndexedValueType.Int,
        ["D"] = IndexedValueType.Double,
        ["B"] = IndexedValueType.Bool,
        ["W"] = IndexedValueType.Datetime,
        ["T"] = IndexedValueType.Text,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Count_RecordedFilters_MatchOrAreRefusedAsOnTheRealServer(bool durable)
    {
        var database = durable ? await TestCluster.CreateDatabaseAsync() : null;
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { SearchAttributes = Attributes, Database = database });
        await server.StartAsync("fx1", ("K", "\"Abc\""), ("L", "[\"a\",\"b\"]"), ("I", "5"), ("D", "1.5"), ("B", "true"), ("W", "\"2020-01-01T00:00:00Z\""), ("T", "\"The quick brown-fox\""));
        await server.StartAsync("fx2", ("K", "\"b_d%\""), ("L", "[\"b\"]"), ("I", "-5"), ("D", "5"), ("B", "false"), ("W", "\"2021-01-01T00:00:00Z\""), ("T", "\"quick QUICK Äpfel\""));
        await server.StartAsync("fx3");
        await server.StartAsync("fx4", ("K", "\"abc\""));
        await server.TerminateAsync("fx4");
        var recorded = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Visibility", "filters.json"))).RootElement;
        var differences = new List<string>();
        foreach (var one in recorded.EnumerateArray())
        {
            var filter = one.GetProperty("filter").GetString()!;
            var expected = one.TryGetProperty("error", out var error) ? error.GetString()! : one.GetProperty("count").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture);
            var actual = await AnswerAsync(server, filter);
            if (actual != expected)
                differences.Add($"{filter}\n  real {expected}\n  ours {actual}");
        }

        recorded.GetArrayLength().ShouldBeGreaterThan(200);
        differences.ShouldBeEmpty(string.Join('\n', differences));
    }

    [Fact]
    public async Task List_InPages_GivesEachOnceOpenOnesFirst()
    {
        await using var server = await InProcessServer.StartAsync();
        for (var i = 0; i < 7; i++)
            await server.StartAsync($"w{i}");
        await server.TerminateAsync("w3");
        await server.TerminateAsync("w5");
        var seen = new List<string>();
        var token = ByteString.Empty;
        do
        {
            var page = await server.WorkflowAsync<ListWorkflowExecutionsResponse>("ListWorkflowExecutions", new ListWorkflowExecutionsRequest { Namespace = "default", PageSize = 3, NextPageToken = token });
            seen.AddRange(page.Executions.Select(e => e.Execution.WorkflowId));
            token = page.NextPageToken;
        }
        while (!token.IsEmpty);

        seen.ShouldBe(["w6", "w4", "w2", "w1", "w0", "w5", "w3"]);
    }

    [Fact]
    public async Task List_OpenAndClosedRun_TellsOfEachWhatTheRealServerTells()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { SearchAttributes = Attributes });
        await server.StartAsync("open", ("K", "[\"x\"]"));
        var run = await server.StartAsync("closed");
        await server.TerminateAsync("closed");
        var list = await server.WorkflowAsync<ListWorkflowExecutionsResponse>("ListWorkflowExecutions", new ListWorkflowExecutionsRequest { Namespace = "default" });

        var (open, closed) = (list.Executions[0], list.Executions[1]);
        open.SearchAttributes.IndexedFields["K"].Data.ToStringUtf8().ShouldBe("\"x\"");
        (open.Type.Name, open.TaskQueue, open.Status, open.CloseTime, open.HistoryLength, open.ExecutionDuration).ShouldBe(("T", "q", WorkflowExecutionStatus.Running, null, 0L, null));
        (closed.Execution.RunId, closed.Status, closed.HistoryLength, closed.RootExecution.WorkflowId).ShouldBe((run, WorkflowExecutionStatus.Terminated, 3L, "closed"));
        closed.HistorySizeBytes.ShouldBePositive();
        closed.ExecutionDuration.ToTimeSpan().ShouldBe((closed.CloseTime - closed.ExecutionTime).ToTimeSpan());
    }

    [Fact]
    public async Task Count_GroupedByStatus_GivesEachWithItsCount()
    {
        await using var server = await InProcessServer.StartAsync();
        foreach (var id in new[] { "a", "b", "c" })
            await server.StartAsync(id);
        await server.TerminateAsync("a");
        var count = await server.WorkflowAsync<CountWorkflowExecutionsResponse>("CountWorkflowExecutions", new CountWorkflowExecutionsRequest { Namespace = "default", Query = "GROUP BY ExecutionStatus" });

        count.Count.ShouldBe(3);
        count.Groups.Select(g => $"{g.GroupValues[0].Data.ToStringUtf8()} {g.Count}").ShouldBe(["\"Running\" 2", "\"Terminated\" 1"]);
        count.Groups[0].GroupValues[0].Metadata["type"].ToStringUtf8().ShouldBe("Keyword");
    }

    [Fact]
    public async Task ListOpenAndClosed_OldMethods_FilterAsTheyAlwaysDid()
    {
        await using var server = await InProcessServer.StartAsync();
        await server.StartAsync("a");
        await server.StartAsync("b");
        await server.TerminateAsync("b");
        var since = new StartTimeFilter { EarliestTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddHours(-1)) };

        (await server.WorkflowAsync<ListOpenWorkflowExecutionsResponse>("ListOpenWorkflowExecutions", new ListOpenWorkflowExecutionsRequest { Namespace = "default", StartTimeFilter = since }))
            .Executions.Select(e => e.Execution.WorkflowId).ShouldBe(["a"]);
        (await server.WorkflowAsync<ListClosedWorkflowExecutionsResponse>(
            "ListClosedWorkflowExecutions",
            new ListClosedWorkflowExecutionsRequest { Namespace = "default", StartTimeFilter = since, StatusFilter = new StatusFilter { Status = WorkflowExecutionStatus.Terminated } }))
            .Executions.Select(e => e.Execution.WorkflowId).ShouldBe(["b"]);
        (await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<ListArchivedWorkflowExecutionsResponse>("ListArchivedWorkflowExecutions", new ListArchivedWorkflowExecutionsRequest { Namespace = "default" })))
            .Status.Detail.ShouldBe("Cluster is not configured for visibility archival.");
    }

    [Fact]
    public async Task List_ForeignTokenOrNamespace_IsRefused()
    {
        await using var server = await InProcessServer.StartAsync();
        (await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<ListWorkflowExecutionsResponse>(
            "ListWorkflowExecutions", new ListWorkflowExecutionsRequest { Namespace = "default", NextPageToken = ByteString.CopyFromUtf8("x") }))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        (await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<ListWorkflowExecutionsResponse>("ListWorkflowExecutions", new ListWorkflowExecutionsRequest { Namespace = "nope" }))).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Count_OnPostgres_IsRightAfterARestartWithoutCounting()
    {
        var options = new DevServerOptions { Database = await TestCluster.CreateDatabaseAsync() };
        await using (var server = await InProcessServer.StartAsync(options))
        {
            for (var i = 0; i < 5; i++)
                await server.StartAsync($"w{i}");
            await server.TerminateAsync("w0");
            await server.TerminateAsync("w1");
            await server.WorkflowAsync<DeleteWorkflowExecutionResponse>("DeleteWorkflowExecution", new DeleteWorkflowExecutionRequest { Namespace = "default", WorkflowExecution = new() { WorkflowId = "w0" } });
            await Starts.UntilAsync(async () => await server.CountAsync() == 4);
        }

        await using var again = await InProcessServer.StartAsync(options);
        (await again.CountAsync(), await again.CountAsync("ExecutionStatus = 'Running'"), await again.CountAsync("NOT ExecutionStatus = 'Running'")).ShouldBe((4, 3, 1));
        (await again.CountAsync("ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH 'w'")).ShouldBe(3, "what the counters say is what the rows say");
    }

    private static async Task<string> AnswerAsync(InProcessServer server, string filter)
    {
        try
        {
            return (await server.CountAsync(filter)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.InvalidArgument)
        {
            return e.Status.Detail;
        }
    }
}
