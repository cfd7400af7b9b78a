using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>Reading histories: in pages, backwards, and as they grow.</summary>
public abstract class HistoryReadBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    [Fact]
    public Task History_InPages_IsWhole() => RecordedAsync(async () =>
    {
        await RunAsync();
        var whole = await HistoryAsync();
        var request = Request();
        request.MaximumPageSize = 3;
        var read = new List<HistoryEvent>();
        do
        {
            var page = await Service.GetWorkflowExecutionHistoryAsync(request);
            read.AddRange(page.History.Events);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        read.ShouldBe(whole);
    });

    [Fact]
    public Task History_Backwards_IsTheSame() => RecordedAsync(async () =>
    {
        await RunAsync();
        var read = new List<HistoryEvent>();
        var request = new GetWorkflowExecutionHistoryReverseRequest { Namespace = Namespace, Execution = Execution, MaximumPageSize = 4 };
        do
        {
            var page = await Service.GetWorkflowExecutionHistoryReverseAsync(request);
            read.AddRange(page.History.Events);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        read.Reverse();
        read.ShouldBe(await HistoryAsync());
    });

    [Fact]
    public Task History_OnlyItsEnd_IsOneEvent() => RecordedAsync(async () =>
    {
        await RunAsync();
        var request = Request();
        request.HistoryEventFilterType = HistoryEventFilterType.CloseEvent;
        var page = await Service.GetWorkflowExecutionHistoryAsync(request);
        page.History.Events.Single().EventType.ShouldBe(EventType.WorkflowExecutionCompleted);
        Observe("end", page);
    });

    [Fact]
    public Task History_WaitedForToItsEnd_EndsWithTheWorkflow() => RecordedAsync(async () =>
    {
        await StartAsync();
        var request = Request();
        request.WaitNewEvent = true;
        request.HistoryEventFilterType = HistoryEventFilterType.CloseEvent;
        var wait = Service.GetWorkflowExecutionHistoryAsync(request);
        await AnswerAsync(Commands.Complete("done"));
        var page = await wait;
        page.NextPageToken.IsEmpty.ShouldBeTrue();
        Observe("end", page);
    });

    [Fact]
    public Task History_WaitedFor_ShowsEventsAsTheyCome() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync();
        var request = Request();
        request.WaitNewEvent = true;
        var first = await Service.GetWorkflowExecutionHistoryAsync(request);
        first.NextPageToken.IsEmpty.ShouldBeFalse();
        request.NextPageToken = first.NextPageToken;
        var wait = Service.GetWorkflowExecutionHistoryAsync(request);
        await SignalAsync("new");
        var next = await wait;
        next.History.Events[0].EventType.ShouldBe(EventType.WorkflowExecutionSignaled);
        await TerminateAsync();
    });

    /// <summary>A second attempt leaves no events unless it has to, and whoever reads meanwhile sees two of it; not so backwards, nor the official programs.</summary>
    [Fact]
    public Task History_WhileATaskIsTriedAgain_EndsWithIt() => RecordedAsync(async () =>
    {
        await StartAsync();
        await Service.RespondWorkflowTaskFailedAsync(new() { Namespace = Namespace, TaskToken = (await PollAsync()).TaskToken, Identity = Identity });
        await ObserveReadsAsync("waits");
        var second = await PollAsync();
        await ObserveReadsAsync("is with its worker");
        await SignalAsync("meanwhile");
        await ObserveReadsAsync("has been signalled");
        await CompleteAsync(second);
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task History_OfAnUnknownWorkflow_IsRefused() => RecordedAsync(async () =>
    {
        (await RefusedAsync("a read", () => Service.GetWorkflowExecutionHistoryAsync(Request()))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        var request = Request();
        request.Execution.RunId = "no uuid";
        (await RefusedAsync("a bad run id", () => Service.GetWorkflowExecutionHistoryAsync(request))).Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
    });

    [Fact]
    public Task History_WithAnAlteredToken_IsRefused() => RecordedAsync(async () =>
    {
        await RunAsync();
        var request = Request();
        request.NextPageToken = Google.Protobuf.ByteString.CopyFromUtf8("altered");
        (await RefusedAsync("a read", () => Service.GetWorkflowExecutionHistoryAsync(request))).Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
    });

    private GetWorkflowExecutionHistoryRequest Request() => new() { Namespace = Namespace, Execution = Execution };

    private async Task ObserveReadsAsync(string state)
    {
        Observe($"read while it {state}", await Service.GetWorkflowExecutionHistoryAsync(Request()));
        var small = Request();
        small.MaximumPageSize = 2;
        var page = await Service.GetWorkflowExecutionHistoryAsync(small);
        while (!page.NextPageToken.IsEmpty)
        {
            small.NextPageToken = page.NextPageToken;
            page = await Service.GetWorkflowExecutionHistoryAsync(small);
        }
        Observe($"last event of pages while it {state}", page.History.Events[^1]);
        var waiting = Request();
        waiting.WaitNewEvent = true;
        Observe($"first page of a wait while it {state}", await Service.GetWorkflowExecutionHistoryAsync(waiting));
        Observe($"read backwards while it {state}", await Service.GetWorkflowExecutionHistoryReverseAsync(new() { Namespace = Namespace, Execution = Execution }));
        var program = new Client.RpcOptions { Metadata = [new("client-name", "temporal-cli"), new("client-version", "1.9.1")] };
        Observe($"read by the command line while it {state}", await Service.GetWorkflowExecutionHistoryAsync(Request(), program));
    }

    private async Task RunAsync()
    {
        await StartAsync();
        await AnswerAsync(Commands.Marker("one"));
        await SignalAsync("go on");
        await AnswerAsync(Commands.Marker("two"), Commands.Complete("done"));
    }
}
