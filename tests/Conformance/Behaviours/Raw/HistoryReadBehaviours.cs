using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>Reading histories: in pages, backwards, and as they grow.</summary>
public abstract class HistoryReadBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    [SkippableFact]
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

    [SkippableFact]
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

    [SkippableFact]
    public Task History_OnlyItsEnd_IsOneEvent() => RecordedAsync(async () =>
    {
        await RunAsync();
        var request = Request();
        request.HistoryEventFilterType = HistoryEventFilterType.CloseEvent;
        var page = await Service.GetWorkflowExecutionHistoryAsync(request);
        page.History.Events.Single().EventType.ShouldBe(EventType.WorkflowExecutionCompleted);
        Observe("end", page);
    });

    [SkippableFact]
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

    [SkippableFact]
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

    [SkippableFact]
    public Task History_OfAnUnknownWorkflow_IsRefused() => RecordedAsync(async () =>
    {
        (await RefusedAsync("a read", () => Service.GetWorkflowExecutionHistoryAsync(Request()))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        var request = Request();
        request.Execution.RunId = "no uuid";
        (await RefusedAsync("a bad run id", () => Service.GetWorkflowExecutionHistoryAsync(request))).Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
    });

    [SkippableFact]
    public Task History_WithAnAlteredToken_IsRefused() => RecordedAsync(async () =>
    {
        await RunAsync();
        var request = Request();
        request.NextPageToken = Google.Protobuf.ByteString.CopyFromUtf8("altered");
        (await RefusedAsync("a read", () => Service.GetWorkflowExecutionHistoryAsync(request))).Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
    });

    private GetWorkflowExecutionHistoryRequest Request() => new() { Namespace = Namespace, Execution = Execution };

    private async Task RunAsync()
    {
        await StartAsync();
        await AnswerAsync(Commands.Marker("one"));
        await SignalAsync("go on");
        await AnswerAsync(Commands.Marker("two"), Commands.Complete("done"));
    }
}
