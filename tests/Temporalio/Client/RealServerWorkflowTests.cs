using System.Diagnostics;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Client;

public class RealServerWorkflowTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    private static readonly SearchAttributeKey<string> Keyword = SearchAttributeKey.CreateKeyword("TestKeyword");
    private static readonly SearchAttributeKey<long> Number = SearchAttributeKey.CreateLong("TestInt");
    private static readonly SearchAttributeKey<bool> Flag = SearchAttributeKey.CreateBool("TestBool");
    private static readonly SearchAttributeKey<double> Ratio = SearchAttributeKey.CreateDouble("TestDouble");
    private static readonly SearchAttributeKey<DateTimeOffset> Due = SearchAttributeKey.CreateDateTimeOffset("TestDatetime");
    private static readonly SearchAttributeKey<string> Words = SearchAttributeKey.CreateText("TestText");
    private static readonly SearchAttributeKey<IReadOnlyCollection<string>> Tags =
        SearchAttributeKey.CreateKeywordList("TestKeywordList");

    private readonly string id = RealServerFixture.NewId("wf");

    private TemporalClient Client => server.Client;

    private WorkflowOptions Options => new(id, id);

    private RawWorker Worker => new(Client, id);

    [SkippableFact]
    public async Task Workflow_FromStartToResult_IsSeenAtEachStep()
    {
        RealServerFixture.RequireOracle();
        var due = new DateTimeOffset(2026, 11, 22, 4, 5, 6, TimeSpan.Zero);
        var options = Options;
        options.StaticSummary = "the summary";
        options.StaticDetails = "the details";
        options.Memo = new Dictionary<string, object> { ["note"] = new[] { "a", "b" } };
        options.TypedSearchAttributes = new SearchAttributeCollection.Builder()
            .Set(Keyword, id).Set(Number, 7).Set(Flag, true).Set(Ratio, 1.5).Set(Due, due).Set(Words, "some words")
            .Set(Tags, ["x", "y"]).ToSearchAttributeCollection();

        var handle = await Client.StartWorkflowAsync("Flow", ["input"], options);
        var running = await handle.DescribeAsync();
        await Worker.AnswerNextAsync(RawWorker.CompleteWorkflow("result"));

        (await handle.GetResultAsync<string>()).ShouldBe("result");
        running.Status.ShouldBe(WorkflowExecutionStatus.Running);
        running.WorkflowType.ShouldBe("Flow");
        running.TaskQueue.ShouldBe(id);
        running.RunId.ShouldBe(handle.ResultRunId);
        (await running.GetStaticSummaryAsync()).ShouldBe("the summary");
        (await running.GetStaticDetailsAsync()).ShouldBe("the details");
        (await running.Memo["note"].ToValueAsync<string[]>()).ShouldBe(["a", "b"]);
        running.TypedSearchAttributes.Get(Number).ShouldBe(7);
        running.TypedSearchAttributes.Get(Flag).ShouldBeTrue();
        running.TypedSearchAttributes.Get(Ratio).ShouldBe(1.5);
        running.TypedSearchAttributes.Get(Due).ShouldBe(due);
        running.TypedSearchAttributes.Get(Words).ShouldBe("some words");
        running.TypedSearchAttributes.Get(Tags).ShouldBe(["x", "y"]);
        var closed = await handle.DescribeAsync();
        closed.Status.ShouldBe(WorkflowExecutionStatus.Completed);
        closed.CloseTime!.Value.ShouldBeGreaterThanOrEqualTo(closed.StartTime);
        var query = $"TestKeyword = '{id}'";
        var listed = await Eventually.AsksUntilAsync(
            async () => await Client.ListWorkflowsAsync(query).ToListAsync(),
            list => list is [{ Status: WorkflowExecutionStatus.Completed }]);
        listed.Single().RunId.ShouldBe(handle.ResultRunId);
        var count = await Client.CountWorkflowsAsync($"{query} GROUP BY ExecutionStatus");
        count.Count.ShouldBe(1);
        count.Groups.Single().GroupValues.ShouldBe(["Completed"]);
        var histories = await Client.ListWorkflowHistoriesAsync(query).ToListAsync();
        histories.Single().Events.Count.ShouldBe(5);
    }

    [SkippableFact]
    public async Task FetchHistoryAsync_SameRun_EqualsTheJsonOfTheCommandLine()
    {
        RealServerFixture.RequireOracle();
        var handle = await Client.StartWorkflowAsync("Flow", [new { Amount = 1.5m }], Options);
        var failure = await DataConverter.Default.ToFailureAsync(new ApplicationFailureException(
            "no", new InvalidOperationException("cause"), "Refused", nonRetryable: true, details: [1, null]));
        await Worker.AnswerNextAsync(RawWorker.FailWorkflow(failure));
        await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        var fetched = await handle.FetchHistoryAsync();
        using var process = Process.Start(new ProcessStartInfo(Oracle.TemporalCli!)
        {
            ArgumentList = { "workflow", "show", "--address", server.TargetHost, "-w", id, "-o", "json" },
            RedirectStandardOutput = true,
        })!;
        var json = await process.StandardOutput.ReadToEndAsync();

        WorkflowHistory.FromJson(id, json).Events.ShouldBe(fetched.Events);
        WorkflowHistory.FromJson(id, fetched.ToJson()).Events.ShouldBe(fetched.Events);
    }

    [SkippableFact]
    public async Task StartWorkflowAsync_IdInUse_ThrowsWithTheRun()
    {
        RealServerFixture.RequireOracle();
        var handle = await Client.StartWorkflowAsync("Flow", [], Options);

        var thrown = await Should.ThrowAsync<WorkflowAlreadyStartedException>(
            () => Client.StartWorkflowAsync("Flow", [], Options));

        thrown.WorkflowId.ShouldBe(id);
        thrown.RunId.ShouldBe(handle.ResultRunId);
        await handle.TerminateAsync();
        var rejecting = Options;
        rejecting.IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate;
        await Should.ThrowAsync<WorkflowAlreadyStartedException>(() => Client.StartWorkflowAsync("Flow", [], rejecting));
    }

    [SkippableFact]
    public async Task GetResultAsync_ContinuedRuns_AreFollowed()
    {
        RealServerFixture.RequireOracle();
        var handle = await Client.StartWorkflowAsync("Flow", [], Options);
        await Worker.AnswerNextAsync(RawWorker.ContinueAsNew("Flow"));
        var waiting = handle.GetResultAsync<int>();
        var last = await Worker.AnswerNextAsync(RawWorker.CompleteWorkflow(42));

        (await waiting).ShouldBe(42);
        var thrown = await Should.ThrowAsync<WorkflowContinuedAsNewException>(() => handle.GetResultAsync(followRuns: false));
        thrown.NewRunId.ShouldBe(last.WorkflowExecution.RunId);
    }

    [SkippableFact]
    public async Task GetResultAsync_CallerCancels_StopsWaiting()
    {
        RealServerFixture.RequireOracle();
        var handle = await Client.StartWorkflowAsync("Flow", [], Options);
        using var source = new CancellationTokenSource();

        var waiting = handle.GetResultAsync(rpcOptions: new() { CancellationToken = source.Token });
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [SkippableFact]
    public async Task CancelAsync_WorkflowAgrees_ResultIsCancellation()
    {
        RealServerFixture.RequireOracle();
        var handle = await Client.StartWorkflowAsync("Flow", [], Options);
        await handle.CancelAsync();
        var task = await Worker.AnswerNextAsync(RawWorker.CancelWorkflow("as asked"));

        task.History.Events.ShouldContain(e => e.EventType == EventType.WorkflowExecutionCancelRequested);
        var thrown = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        thrown.InnerException.ShouldBeOfType<CanceledFailureException>().Details.ElementAt<string>(0).ShouldBe("as asked");
    }

    [SkippableFact]
    public async Task TerminateAsync_ReasonAndDetails_AreInTheResult()
    {
        RealServerFixture.RequireOracle();
        var handle = await Client.StartWorkflowAsync("Flow", [], Options);

        await handle.TerminateAsync("operator", new() { Details = ["ticket", 5] });

        var thrown = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        var terminated = thrown.InnerException.ShouldBeOfType<TerminatedFailureException>();
        terminated.Message.ShouldBe("operator");
        terminated.Details!.ElementAt<int>(1).ShouldBe(5);
        (await Should.ThrowAsync<RpcException>(() => handle.TerminateAsync())).Code.ShouldBe(RpcException.StatusCode.NotFound);
    }

    [SkippableFact]
    public async Task SignalWithStart_RunningWorkflow_GetsOnlyTheSignal()
    {
        RealServerFixture.RequireOracle();
        var options = Options;
        options.SignalWithStart("poke", [1]);

        var first = await Client.StartWorkflowAsync("Flow", [], options);
        options.SignalWithStart("poke", [2]);
        var second = await Client.StartWorkflowAsync("Flow", [], options);
        await first.SignalAsync("poke", [3]);
        var task = await Worker.AnswerNextAsync(RawWorker.CompleteWorkflow(null));

        second.ResultRunId.ShouldBe(first.ResultRunId);
        var signals = task.History.Events.Select(e => e.WorkflowExecutionSignaledEventAttributes).OfType<
            Temporalio.Api.History.V1.WorkflowExecutionSignaledEventAttributes>().ToArray();
        signals.ShouldAllBe(s => s.SignalName == "poke");
        signals.Select(s => s.Input.Payloads_.Single().Data.ToStringUtf8()).ShouldBe(["1", "2", "3"]);
    }

    [SkippableFact]
    public async Task QueryAsync_AnswerFailureAndRejection_AreToldApart()
    {
        RealServerFixture.RequireOracle();
        var handle = await Client.StartWorkflowAsync("Flow", [], Options);
        await Worker.AnswerNextAsync(RawWorker.CompleteWorkflow(null));

        var answering = handle.QueryAsync<string>("state", ["arg"]);
        var task = await Worker.PollAsync();
        task.Query.QueryType.ShouldBe("state");
        task.Query.QueryArgs.Payloads_.Single().Data.ToStringUtf8().ShouldBe("\"arg\"");
        await Worker.AnswerQueryAsync(task, "fine");
        (await answering).ShouldBe("fine");

        var failing = handle.QueryAsync<string>("state", []);
        await Worker.AnswerQueryAsync(await Worker.PollAsync(), null, error: "no such query");
        (await Should.ThrowAsync<WorkflowQueryFailedException>(() => failing)).Message.ShouldContain("no such query");

        var rejected = await Should.ThrowAsync<WorkflowQueryRejectedException>(
            () => handle.QueryAsync<string>("state", [], new() { RejectCondition = QueryRejectCondition.NotOpen }));
        rejected.WorkflowStatus.ShouldBe(WorkflowExecutionStatus.Completed);
    }

    [SkippableFact]
    public async Task Handle_NoSuchWorkflow_IsNotFound()
    {
        RealServerFixture.RequireOracle();
        var handle = Client.GetWorkflowHandle(id);

        Func<Task>[] calls =
        [
            () => handle.DescribeAsync(), () => handle.SignalAsync("s", []), () => handle.GetResultAsync(),
            () => handle.CancelAsync(), () => handle.QueryAsync<string>("q", []), () => handle.FetchHistoryAsync(),
        ];

        foreach (var call in calls)
        {
            (await Should.ThrowAsync<RpcException>(call)).Code.ShouldBe(RpcException.StatusCode.NotFound);
        }
    }
}
