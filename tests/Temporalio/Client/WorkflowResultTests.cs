using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Client;

public class WorkflowResultTests
{
    private const string Rpc = "GetWorkflowExecutionHistory";

    [Fact]
    public async Task GetResultAsync_SeveralRuns_FollowsToTheLast()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script
            .Answer(Rpc, Page(new HistoryEvent { WorkflowExecutionContinuedAsNewEventAttributes = new() { NewExecutionRunId = "run-2" } }))
            .Answer(Rpc, Page(new HistoryEvent { WorkflowExecutionFailedEventAttributes = new() { NewExecutionRunId = "run-3" } }))
            .Answer(Rpc, Page(new HistoryEvent { WorkflowExecutionTimedOutEventAttributes = new() { NewExecutionRunId = "run-4" } }))
            .Answer(Rpc, Page(await CompletedAsync("done")));

        var result = await client.GetWorkflowHandle("wf", "run-1").GetResultAsync<string>();

        result.ShouldBe("done");
        var requests = script.RequestsOf<GetWorkflowExecutionHistoryRequest>();
        requests.Select(r => r.Execution.RunId).ShouldBe(["run-1", "run-2", "run-3", "run-4"]);
        requests.ShouldAllBe(r =>
            r.WaitNewEvent && r.SkipArchival && r.HistoryEventFilterType == HistoryEventFilterType.CloseEvent);
    }

    [Fact]
    public async Task GetResultAsync_NotFollowing_EndsWithTheFirstRun()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script
            .Answer(Rpc, Page(new HistoryEvent { WorkflowExecutionContinuedAsNewEventAttributes = new() { NewExecutionRunId = "run-2" } }))
            .Answer(Rpc, Page(await CompletedAsync("of this run", newRunId: "run-2")));
        var handle = client.GetWorkflowHandle("wf");

        (await Should.ThrowAsync<WorkflowContinuedAsNewException>(() => handle.GetResultAsync(followRuns: false)))
            .NewRunId.ShouldBe("run-2");
        (await handle.GetResultAsync<string>(followRuns: false)).ShouldBe("of this run");
    }

    [Fact]
    public async Task GetResultAsync_LongPollEndsEmpty_AsksAgain()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        var token = ByteString.CopyFromUtf8("more");
        script
            .Answer(Rpc, new GetWorkflowExecutionHistoryResponse { History = new(), NextPageToken = token })
            .Answer(Rpc, new GetWorkflowExecutionHistoryResponse())
            .Answer(Rpc, Page(await CompletedAsync("done")));

        (await client.GetWorkflowHandle("wf").GetResultAsync<string>()).ShouldBe("done");

        script.RequestsOf<GetWorkflowExecutionHistoryRequest>()
            .Select(r => r.NextPageToken).ShouldBe([ByteString.Empty, token, token]);
    }

    [Fact]
    public async Task GetResultAsync_RawHistory_IsRead()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        var history = new History { Events = { await CompletedAsync("done") } };
        script.Answer(Rpc, new GetWorkflowExecutionHistoryResponse
        {
            RawHistory = { new Temporalio.Api.Common.V1.DataBlob { EncodingType = EncodingType.Proto3, Data = history.ToByteString() } },
        });

        (await client.GetWorkflowHandle("wf").GetResultAsync<string>()).ShouldBe("done");
    }

    [Fact]
    public async Task GetResultAsync_NoResultWantedOrPresent_IsHandled()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script
            .Answer(Rpc, Page(new HistoryEvent { WorkflowExecutionCompletedEventAttributes = new() }))
            .Answer(Rpc, Page(await CompletedAsync("unread")))
            .Answer(Rpc, Page(new HistoryEvent { WorkflowExecutionCompletedEventAttributes = new() }));
        var handle = client.GetWorkflowHandle("wf");

        await handle.GetResultAsync();
        await handle.GetResultAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => handle.GetResultAsync<string>());
    }

    [Fact]
    public async Task GetResultAsync_Failed_ThrowsItsFailure()
    {
        var cause = await ThrownByAsync(new HistoryEvent
        {
            WorkflowExecutionFailedEventAttributes = new()
            {
                Failure = await Converter.ToFailureAsync(new ApplicationFailureException("no", "Refused", details: ["why"])),
            },
        });

        var failure = cause.ShouldBeOfType<ApplicationFailureException>();
        failure.ErrorType.ShouldBe("Refused");
        failure.Details.ElementAt<string>(0).ShouldBe("why");
    }

    [Fact]
    public async Task GetResultAsync_Canceled_DecodesTheDetails()
    {
        var cause = await ThrownByAsync(new HistoryEvent
        {
            WorkflowExecutionCanceledEventAttributes = new()
            {
                Details = new() { Payloads_ = { await Converter.ToPayloadAsync("why") } },
            },
        });

        cause.ShouldBeOfType<CanceledFailureException>().Details.ElementAt<string>(0).ShouldBe("why");
        TemporalException.IsCanceledException(cause).ShouldBeTrue();
    }

    [Fact]
    public async Task GetResultAsync_Terminated_DecodesTheDetails()
    {
        var cause = await ThrownByAsync(new HistoryEvent
        {
            WorkflowExecutionTerminatedEventAttributes = new()
            {
                Reason = "operator",
                Details = new() { Payloads_ = { await Converter.ToPayloadAsync("why") } },
            },
        });

        var terminated = cause.ShouldBeOfType<TerminatedFailureException>();
        terminated.Message.ShouldBe("operator");
        terminated.Details!.ElementAt<string>(0).ShouldBe("why");
    }

    [Fact]
    public async Task GetResultAsync_TimedOut_SaysSo()
    {
        var cause = await ThrownByAsync(new HistoryEvent { WorkflowExecutionTimedOutEventAttributes = new() });

        cause.ShouldBeOfType<TimeoutFailureException>().TimeoutType.ShouldBe(TimeoutType.StartToClose);
    }

    [Fact]
    public async Task FetchHistoryAsync_Pages_AreJoined()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        var token = ByteString.CopyFromUtf8("page 2");
        var first = Page(new HistoryEvent { EventId = 1 }, new HistoryEvent { EventId = 2 });
        first.NextPageToken = token;
        script.Answer(Rpc, first).Answer(Rpc, Page(new HistoryEvent { EventId = 3 }));

        var history = await client.GetWorkflowHandle("wf", "run").FetchHistoryAsync(new() { WaitNewEvent = true });

        history.Id.ShouldBe("wf");
        history.Events.Select(e => e.EventId).ShouldBe([1, 2, 3]);
        var requests = script.RequestsOf<GetWorkflowExecutionHistoryRequest>();
        requests.Select(r => r.NextPageToken).ShouldBe([ByteString.Empty, token]);
        requests.ShouldAllBe(r => !r.WaitNewEvent && r.Execution.RunId == "run");
    }

    [Fact]
    public async Task FetchHistoryEventsAsync_EnumeratorToken_ReachesTheCall()
    {
        var (client, script) = ScriptedConnection.CreateClient();
        script.Answer(Rpc, async (_, options) =>
        {
            await Task.Delay(Timeout.Infinite, options!.CancellationToken!.Value);
            throw new InvalidOperationException("unreachable");
        });
        using var own = new CancellationTokenSource();
        using var enumeration = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var options = new WorkflowHistoryEventFetchOptions { Rpc = new() { CancellationToken = own.Token } };

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetWorkflowHandle("wf").FetchHistoryEventsAsync(options).WithCancellation(enumeration.Token))
            {
            }
        });
    }

    private static DataConverter Converter { get; } = DataConverter.Default with { PayloadCodec = new Base64Codec() };

    private static async Task<Exception> ThrownByAsync(HistoryEvent close)
    {
        var (client, script) = ScriptedConnection.CreateClient(new() { DataConverter = Converter });
        script.Answer(Rpc, Page(close));
        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => client.GetWorkflowHandle("wf").GetResultAsync());
        return failed.InnerException.ShouldNotBeNull();
    }

    private static GetWorkflowExecutionHistoryResponse Page(params HistoryEvent[] events) =>
        new() { History = new() { Events = { events } } };

    private static async Task<HistoryEvent> CompletedAsync(string result, string newRunId = "") => new()
    {
        WorkflowExecutionCompletedEventAttributes = new()
        {
            Result = new() { Payloads_ = { await DataConverter.Default.ToPayloadAsync(result) } },
            NewExecutionRunId = newRunId,
        },
    };
}
