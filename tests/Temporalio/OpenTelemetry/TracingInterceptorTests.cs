using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Extensions.OpenTelemetry;
using Temporalio.InTree.Tests.Testing;
using Temporalio.Worker;

namespace Temporalio.InTree.Tests.OpenTelemetry;

/// <summary>Spans of clients, workflows and activities on <c>temporal-dev</c>.</summary>
[Collection(DevServerFixture.Collection)]
public sealed class TracingInterceptorTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string id = $"traced-{Guid.NewGuid():N}";
    private readonly SpanRecorder recorder = new();
    private readonly TracingInterceptor interceptor = new(new() { Propagator = TextPropagator() });
    private readonly TemporalClient client;

    public TracingInterceptorTests(DevServerFixture server)
    {
        var options = (TemporalClientOptions)server.Client.Options.Clone();
        options.Interceptors = [interceptor];
        client = new(server.Client.Connection, options);
    }

    private WorkflowOptions Options => new(id, id);

    public void Dispose() => recorder.Dispose();

    [Fact]
    public async Task Spans_FromClientToChild_AreOneTree()
    {
        var handle = await RunAsync("tree");

        (await handle.GetResultAsync()).ShouldBe("worked for payments");
        recorder.Tree().ShouldBe(
        [
            "StartWorkflow:TracedWorkflow",
            "  RunWorkflow:TracedWorkflow",
            "    own",
            "      StartActivity:Work",
            "        RunActivity:Work",
            "    StartChildWorkflow:TracedWorkflow",
            "      RunWorkflow:TracedWorkflow",
            "        StartActivity:Work",
            "          RunActivity:Work",
            "        CompleteWorkflow:TracedWorkflow",
            "    CompleteWorkflow:TracedWorkflow",
        ]);
        var run = $"temporalWorkflowID={id} temporalRunID={handle.ResultRunId}";
        recorder.Spans.Where(span => span.TagObjects.Any(tag => Equals(tag.Value, id))).Select(Describe).ShouldBe(
        [
            $"Client StartWorkflow:TracedWorkflow temporalWorkflowID={id}",
            $"Server RunWorkflow:TracedWorkflow {run}",
            $"Internal own {run} reason=test",
            $"Client StartActivity:Work {run} reason=test",
            $"Server RunActivity:Work {run} temporalActivityID=1",
            $"Client StartChildWorkflow:TracedWorkflow {run}",
            $"Internal CompleteWorkflow:TracedWorkflow {run}",
        ], ignoreOrder: true);
        recorder.Spans.ShouldAllBe(span => span.Status == ActivityStatusCode.Unset);
    }

    [Fact]
    public async Task Start_InATrace_CarriesItAsJsonInTheHeader()
    {
        var handle = await RunAsync("leaf");

        var header = (await handle.FetchHistoryAsync()).Events.First().WorkflowExecutionStartedEventAttributes.Header.Fields;
        header.Keys.ShouldBe(["_tracer-data"]);
        header["_tracer-data"].Metadata["encoding"].ToStringUtf8().ShouldBe("json/plain");
        var start = recorder.Span("StartWorkflow:TracedWorkflow");
        JsonSerializer.Deserialize<Dictionary<string, string>>(header["_tracer-data"].Data.Span).ShouldBe(
            new Dictionary<string, string> { ["traceparent"] = $"00-{start.TraceId}-{start.SpanId}-01", ["baggage"] = "team=payments" },
            ignoreOrder: true);
    }

    [Fact]
    public async Task Replay_OfEveryTask_MakesNoSpanTwice()
    {
        var handle = await RunAsync("tree", maxCachedWorkflows: 0);

        // Once it is out of the cache, a run does not know its span any more: the start's is the parent.
        string[] expected =
        [
            "StartWorkflow:TracedWorkflow",
            "  RunWorkflow:TracedWorkflow",
            "    own",
            "      StartActivity:Work",
            "        RunActivity:Work",
            "  StartChildWorkflow:TracedWorkflow",
            "    RunWorkflow:TracedWorkflow",
            "      StartActivity:Work",
            "        RunActivity:Work",
            "      CompleteWorkflow:TracedWorkflow",
            "  CompleteWorkflow:TracedWorkflow",
        ];
        recorder.Tree().ShouldBe(expected);

        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions { Interceptors = [interceptor] }.AddWorkflow<TracedWorkflow>());
        var replayed = await replayer.ReplayWorkflowAsync(await handle.FetchHistoryAsync());
        replayed.ReplayFailure.ShouldBeNull();
        recorder.Tree().ShouldBe(expected);
    }

    [Fact]
    public async Task Handlers_OfOthersCalls_AreBelowTheStartAndLinkedToTheCall()
    {
        await RunAsync("wait", then: async handle =>
        {
            (await handle.QueryAsync(flow => flow.Told(false))).ShouldBe(0);
            (await handle.ExecuteUpdateAsync(flow => flow.ChangeAsync("ok"), new("change"))).ShouldBe(1);
            await handle.SignalAsync(flow => flow.TellAsync());
        });

        recorder.Tree().ShouldBe(
        [
            "StartWorkflow:TracedWorkflow",
            "  RunWorkflow:TracedWorkflow",
            "    CompleteWorkflow:TracedWorkflow",
            "  HandleQuery:Told",
            "  ValidateUpdate:Change",
            "  HandleUpdate:Change",
            "    StartActivity:Work",
            "      RunActivity:Work",
            "  HandleSignal:Tell",
            "QueryWorkflow:Told",
            "UpdateWorkflow:Change",
            "SignalWorkflow:Tell",
        ], ignoreOrder: true);
        LinkOf("HandleQuery:Told").ShouldBe("QueryWorkflow:Told");
        LinkOf("ValidateUpdate:Change").ShouldBe("UpdateWorkflow:Change");
        LinkOf("HandleUpdate:Change").ShouldBe("UpdateWorkflow:Change");
        LinkOf("HandleSignal:Tell").ShouldBe("SignalWorkflow:Tell");
        Describe(recorder.Span("UpdateWorkflow:Change"))
            .ShouldBe($"Client UpdateWorkflow:Change temporalWorkflowID={id} temporalUpdateID=change");
    }

    [Fact]
    public async Task Signals_ToOtherWorkflows_AreLinked()
    {
        await RunAsync("tell");

        var handled = recorder.Spans.Where(span => span.OperationName == "HandleSignal:Tell").ToArray();
        handled.Select(LinkOf).ShouldBe(["SignalChildWorkflow:Tell", "SignalExternalWorkflow:Tell"]);
        var start = recorder.Span("StartChildWorkflow:TracedWorkflow").SpanId;
        handled.ShouldAllBe(span => span.ParentSpanId == start);
    }

    [Fact]
    public async Task Starts_WithASignalOrAnUpdate_NameBoth()
    {
        await WithWorkerAsync(async () =>
        {
            using var root = recorder.StartTrace();
            var signalled = new WorkflowOptions(id, id);
            signalled.SignalWithStart((TracedWorkflow flow) => flow.TellAsync());
            var handle = await client.StartWorkflowAsync((TracedWorkflow flow) => flow.RunAsync("wait"), signalled);
            var start = WithStartWorkflowOperation.Create(
                (TracedWorkflow flow) => flow.RunAsync("wait"), new(id, id) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });
            await client.ExecuteUpdateWithStartWorkflowAsync((TracedWorkflow flow) => flow.ChangeAsync("ok"), new(start));
            (await handle.GetResultAsync().WaitAsync(Patience)).ShouldBe("told");
        });

        recorder.Tree().ShouldBe(
        [
            "SignalWithStartWorkflow:TracedWorkflow",
            "  RunWorkflow:TracedWorkflow",
            "    CompleteWorkflow:TracedWorkflow",
            "  HandleSignal:Tell",
            "  ValidateUpdate:Change",
            "  HandleUpdate:Change",
            "    StartActivity:Work",
            "      RunActivity:Work",
            "UpdateWithStartWorkflow:TracedWorkflow",
        ], ignoreOrder: true);
        LinkOf("HandleSignal:Tell").ShouldBe("SignalWithStartWorkflow:TracedWorkflow");
        LinkOf("HandleUpdate:Change").ShouldBe("UpdateWithStartWorkflow:TracedWorkflow");
    }

    [Fact]
    public async Task ContinueAsNew_NextRun_IsBelowTheLast()
    {
        await RunAsync("continue");

        recorder.Tree().ShouldBe(
        [
            "StartWorkflow:TracedWorkflow",
            "  RunWorkflow:TracedWorkflow",
            "    RunWorkflow:TracedWorkflow",
            "      StartActivity:Work",
            "        RunActivity:Work",
            "      CompleteWorkflow:TracedWorkflow",
        ]);
        recorder.Spans.ShouldAllBe(span => span.Status == ActivityStatusCode.Unset);
    }

    [Theory]
    [InlineData("retry", "RunActivity:Work Error first attempt")]
    [InlineData("benign", "RunActivity:Work Unset expected")]
    [InlineData("fail", "CompleteWorkflow:TracedWorkflow Error no cover")]
    [InlineData("fail-task", "WorkflowTaskFailure:TracedWorkflow Error mistake")]
    public async Task Failure_OfWhatAWorkflowDoes_IsAnEventAndAStatus(string way, string expected)
    {
        await RunAsync(way, fails: way == "fail");

        Failures().ShouldBe([expected]);
    }

    [Fact]
    public async Task Failure_OfAHandler_IsRecordedAtBothEnds()
    {
        RpcException? nobody = null;
        await RunAsync("wait", then: async handle =>
        {
            await Should.ThrowAsync<WorkflowQueryFailedException>(handle.QueryAsync(flow => flow.Told(true)));
            await Should.ThrowAsync<WorkflowUpdateFailedException>(handle.ExecuteUpdateAsync(flow => flow.ChangeAsync("refuse")));
            await Should.ThrowAsync<WorkflowUpdateFailedException>(handle.ExecuteUpdateAsync(flow => flow.ChangeAsync("fail")));
            await handle.SignalAsync(flow => flow.TellAsync());
            await handle.SignalAsync(flow => flow.TellAsync());
            nobody = await Should.ThrowAsync<RpcException>(client.GetWorkflowHandle("nobody-" + id).SignalAsync("Tell", []));
        });

        // An update that fails is an answer to the client, whose call has succeeded.
        Failures().ShouldBe(
        [
            "HandleQuery:Told Error no answer",
            "QueryWorkflow:Told Error no answer",
            "ValidateUpdate:Change Error not allowed",
            "CompleteUpdate:Change Error no change",
            $"SignalWorkflow:Tell Error {nobody!.Message}",
        ]);
    }

    private static CompositeTextMapPropagator TextPropagator() => new([new TraceContextPropagator(), new BaggagePropagator()]);

    private static string Describe(Activity span) =>
        string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Prepend($"{span.Kind} {span.OperationName}"));

    private async Task<WorkflowHandle<TracedWorkflow, string>> RunAsync(
        string way, Func<WorkflowHandle<TracedWorkflow, string>, Task>? then = null, bool fails = false, int maxCachedWorkflows = 100)
    {
        WorkflowHandle<TracedWorkflow, string>? started = null;
        await WithWorkerAsync(
            async () =>
            {
                using var root = recorder.StartTrace();
                // Here, where the worker does not have it from its own start.
                Baggage.SetBaggage("team", "payments");
                started = await client.StartWorkflowAsync((TracedWorkflow flow) => flow.RunAsync(way), Options);
                if (then != null) await then(started).WaitAsync(Patience);
                var result = started.GetResultAsync().WaitAsync(Patience);
                if (fails) await Should.ThrowAsync<WorkflowFailedException>(result);
                else await result;
            },
            maxCachedWorkflows);
        return started!;
    }

    private async Task WithWorkerAsync(Func<Task> act, int maxCachedWorkflows = 100)
    {
        var options = new TemporalWorkerOptions(id) { MaxCachedWorkflows = maxCachedWorkflows };
        using var worker = new TemporalWorker(client, options.AddWorkflow<TracedWorkflow>().AddActivity(TracedWorkflow.Work));
        await worker.ExecuteAsync(act);
    }

    private string LinkOf(string name) => LinkOf(recorder.Span(name));

    private string LinkOf(Activity span) =>
        recorder.Spans.Single(caller => caller.SpanId == span.Links.ShouldHaveSingleItem().Context.SpanId).OperationName;

    private IEnumerable<string> Failures() =>
        from span in recorder.Spans
        from failure in span.Events.Where(e => e.Name == "exception")
        select $"{span.OperationName} {span.Status} {failure.Tags.Single(tag => tag.Key == "exception.message").Value}";
}
