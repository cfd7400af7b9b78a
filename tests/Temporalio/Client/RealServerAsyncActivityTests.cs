using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Client;

public class RealServerAsyncActivityTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    private readonly string id = RealServerFixture.NewId("activity");

    private TemporalClient Client => server.Client;

    private RawWorker Worker => new(Client, id);

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CompleteAsync_AfterHeartbeat_ResultReachesTheWorkflow(bool byToken)
    {
        RealServerFixture.RequireOracle();
        var handle = await StartActivityAsync(byToken);

        await handle.HeartbeatAsync(new() { Details = ["half"] });
        await handle.CompleteAsync("done");

        var completed = await NextEventAsync(e => e.ActivityTaskCompletedEventAttributes);
        completed.Result.Payloads_.Single().Data.ToStringUtf8().ShouldBe("\"done\"");
        (await Should.ThrowAsync<RpcException>(() => handle.HeartbeatAsync())).Code.ShouldBe(RpcException.StatusCode.NotFound);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FailAsync_ApplicationFailure_ReachesTheWorkflow(bool byToken)
    {
        RealServerFixture.RequireOracle();
        var handle = await StartActivityAsync(byToken);

        await handle.FailAsync(new ApplicationFailureException("no", "Refused"), new() { LastHeartbeatDetails = ["half"] });

        var failed = await NextEventAsync(e => e.ActivityTaskFailedEventAttributes);
        failed.Failure.ApplicationFailureInfo.Type.ShouldBe("Refused");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReportCancellationAsync_AfterRequest_ReachesTheWorkflow(bool byToken)
    {
        RealServerFixture.RequireOracle();
        var handle = await StartActivityAsync(byToken);
        await Client.GetWorkflowHandle(id).SignalAsync("stop", []);
        var task = await Worker.PollAsync();
        var scheduled = task.History.Events.Last(e => e.EventType == EventType.ActivityTaskScheduled);
        await Worker.AnswerAsync(task, RawWorker.CancelActivity(scheduled.EventId));

        await Should.ThrowAsync<AsyncActivityCanceledException>(() => handle.HeartbeatAsync());
        await handle.ReportCancellationAsync(new() { Details = ["stopped"] });

        var canceled = await NextEventAsync(e => e.ActivityTaskCanceledEventAttributes);
        canceled.Details.Payloads_.Single().Data.ToStringUtf8().ShouldBe("\"stopped\"");
    }

    [SkippableFact]
    public async Task WithSerializationContext_Handle_UsesTheConverterOfTheContext()
    {
        RealServerFixture.RequireOracle();
        var converter = new DataConverter(new ContextConverter("none"), new DefaultFailureConverter());
        var client = new TemporalClient(Client.Connection, new() { DataConverter = converter });
        await StartActivityAsync(byToken: false);
        var handle = client.GetAsyncActivityHandle(id, string.Empty, "act")
            .WithSerializationContext(new ISerializationContext.Activity("default", id, "Flow", "Act", id, IsLocal: false));

        await handle.CompleteAsync("x");

        var completed = await NextEventAsync(e => e.ActivityTaskCompletedEventAttributes);
        completed.Result.Payloads_.Single().Data.ToStringUtf8().ShouldBe($"\"{id}:x\"");
    }

    private async Task<AsyncActivityHandle> StartActivityAsync(bool byToken)
    {
        var handle = await Client.StartWorkflowAsync("Flow", [], new(id, id));
        await Worker.AnswerNextAsync(Worker.ScheduleActivity("act"));
        var token = await Worker.PollActivityAsync();
        return byToken
            ? Client.GetAsyncActivityHandle(token.ToByteArray())
            : Client.GetAsyncActivityHandle(id, handle.ResultRunId!, "act");
    }

    private async Task<T> NextEventAsync<T>(Func<HistoryEvent, T?> select)
        where T : class
    {
        var task = await Worker.AnswerNextAsync(RawWorker.CompleteWorkflow(null));
        return task.History.Events.Select(select).OfType<T>().Single();
    }

    private sealed class ContextConverter(string workflowId) : IPayloadConverter, IWithSerializationContext<IPayloadConverter>
    {
        public Temporalio.Api.Common.V1.Payload ToPayload(object? value) =>
            DataConverter.Default.PayloadConverter.ToPayload($"{workflowId}:{value}");

        public object? ToValue(Temporalio.Api.Common.V1.Payload payload, Type type) =>
            DataConverter.Default.PayloadConverter.ToValue(payload, type);

        public IPayloadConverter WithSerializationContext(ISerializationContext context) =>
            new ContextConverter(((ISerializationContext.IHasWorkflow)context).WorkflowId);
    }
}
