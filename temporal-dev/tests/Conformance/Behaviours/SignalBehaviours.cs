using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Signals, from outside and from other workflows.</summary>
public abstract class SignalBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Signals_Several_ArriveInOrder() => WithWorkerAsync(
        options => options.AddWorkflow<CollectingWorkflow>(),
        async queue =>
        {
            OrderOfEventsVaries();
            var handle = await Client.StartWorkflowAsync((CollectingWorkflow wf) => wf.RunAsync(3), Options(queue));
            for (var i = 0; i < 3; i++)
            {
                await handle.SignalAsync(wf => wf.AddAsync($"{i}"));
            }
            (await handle.GetResultAsync()).ShouldBe(["0", "1", "2"]);
        });

    [Fact]
    public Task Signals_SentBeforeAWorkerRuns_AreNotLost() => RecordedAsync(
        async () =>
        {
            var queue = NewId("queue");
            var handle = await Client.StartWorkflowAsync((CollectingWorkflow wf) => wf.RunAsync(2), Options(queue));
            await handle.SignalAsync(wf => wf.AddAsync("first"));
            await handle.SignalAsync("Other", ["second"]);

            using var worker = new Worker.TemporalWorker(Client, new Worker.TemporalWorkerOptions(queue).AddWorkflow<CollectingWorkflow>());
            var result = await worker.ExecuteAsync(() => handle.GetResultAsync());

            result.ShouldBe(["first", "Other=second"]);
        });

    [Fact]
    public Task SignalWithStart_Twice_StartsOnceAndSignalsTwice() => WithWorkerAsync(
        options => options.AddWorkflow<CollectingWorkflow>(),
        async queue =>
        {
            var options = Options(queue);
            options.SignalWithStart((CollectingWorkflow wf) => wf.AddAsync("a"));
            var handle = await Client.StartWorkflowAsync((CollectingWorkflow wf) => wf.RunAsync(2), options);
            await FirstTaskDoneAsync(handle);
            options = new(handle.Id, queue);
            options.SignalWithStart((CollectingWorkflow wf) => wf.AddAsync("b"));
            var second = await Client.StartWorkflowAsync((CollectingWorkflow wf) => wf.RunAsync(2), options);
            second.ResultRunId.ShouldBe(handle.ResultRunId);
            (await handle.GetResultAsync()).ShouldBe(["a", "b"]);
        });

    [Fact]
    public Task Signal_ToAnUnknownWorkflow_IsRefused() => WithWorkerAsync(
        options => options.AddWorkflow<CollectingWorkflow>(),
        async _ =>
        {
            var error = await Should.ThrowAsync<RpcException>(() => Client.GetWorkflowHandle(NewId()).SignalAsync("Any", []));
            error.Code.ShouldBe(RpcException.StatusCode.NotFound);
        });

    [Fact]
    public Task ExternalSignal_FromAnotherWorkflow_Arrives() => WithWorkerAsync(
        options => options.AddWorkflow<CollectingWorkflow>().AddWorkflow<SignallingWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((CollectingWorkflow wf) => wf.RunAsync(1), Options(queue));
            await Client.ExecuteWorkflowAsync((SignallingWorkflow wf) => wf.RunAsync(handle.Id), Options(queue));
            (await handle.GetResultAsync()).ShouldBe(["from outside"]);
        });

    [Fact]
    public Task ExternalSignal_ToAnUnknownWorkflow_FailsTheSender() => WithWorkerAsync(
        options => options.AddWorkflow<SignallingWorkflow>(),
        async queue =>
        {
            var error = await Should.ThrowAsync<WorkflowFailedException>(
                () => Client.ExecuteWorkflowAsync((SignallingWorkflow wf) => wf.RunAsync(NewId()), Options(queue)));
            error.InnerException.ShouldBeOfType<ApplicationFailureException>();
        });

    [Fact]
    public Task ExternalCancel_OfAnotherWorkflow_CancelsIt() => WithWorkerAsync(
        options => options.AddWorkflow<CollectingWorkflow>().AddWorkflow<CancellingWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((CollectingWorkflow wf) => wf.RunAsync(1), Options(queue));
            await Client.ExecuteWorkflowAsync((CancellingWorkflow wf) => wf.RunAsync(handle.Id), Options(queue));
            var error = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            error.InnerException.ShouldBeOfType<CanceledFailureException>();
        });

    [Workflow]
    public class CollectingWorkflow
    {
        private readonly List<string> received = [];

        [WorkflowRun]
        public async Task<IReadOnlyCollection<string>> RunAsync(int count)
        {
            await Workflow.WaitConditionAsync(() => received.Count >= count);
            return received;
        }

        [WorkflowSignal]
        public Task AddAsync(string value)
        {
            received.Add(value);
            return Task.CompletedTask;
        }

        [WorkflowSignal(Dynamic = true)]
        public Task AnyAsync(string name, IRawValue[] arguments)
        {
            received.Add($"{name}={Workflow.PayloadConverter.ToValue<string>(arguments[0])}");
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public class SignallingWorkflow
    {
        [WorkflowRun]
        public Task RunAsync(string id) =>
            Workflow.GetExternalWorkflowHandle<CollectingWorkflow>(id).SignalAsync(wf => wf.AddAsync("from outside"));
    }

    [Workflow]
    public class CancellingWorkflow
    {
        [WorkflowRun]
        public Task RunAsync(string id) => Workflow.GetExternalWorkflowHandle(id).CancelAsync();
    }
}
