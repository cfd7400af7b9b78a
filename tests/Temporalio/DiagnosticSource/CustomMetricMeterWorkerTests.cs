using System.Diagnostics.Metrics;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Extensions.DiagnosticSource;
using Temporalio.InTree.Tests.Support;
using Temporalio.InTree.Tests.Testing;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.DiagnosticSource;

/// <summary>Metrics of workers in a .NET meter, on <c>temporal-dev</c>.</summary>
[Collection(DevServerFixture.Collection)]
public sealed class CustomMetricMeterWorkerTests(DevServerFixture server) : IDisposable
{
    private readonly string id = $"metrics-{Guid.NewGuid():N}";
    private readonly Meter meter = new("tests");

    public void Dispose() => meter.Dispose();

    [Fact]
    public async Task Metrics_OfWorkflowsActivitiesAndTheWorker_ReachTheMeter()
    {
        using var recorder = new MeasurementRecorder(meter);
        await WithWorkerAsync(new(meter), (client, options) => client.ExecuteWorkflowAsync((MeasuredWorkflow flow) => flow.RunAsync(true), options));

        var tags = $"namespace=default service_name=temporal-core-sdk task_queue={id}";
        recorder.Seen.ShouldContain($"Counter rounds[] 2 extra=1 {tags} workflow_type=MeasuredWorkflow");
        recorder.Seen.ShouldContain($"Counter work[units] 5 activity_type=Work {tags}");
        recorder.Seen.ShouldContain($"Counter temporal_workflow_completed[] 1 {tags} workflow_type=MeasuredWorkflow");
        recorder.Seen.ShouldContain(line => line.StartsWith("Histogram temporal_workflow_task_execution_latency[ms] ", StringComparison.Ordinal));
        var gauges = recorder.Gauges();
        gauges.ShouldContain($"ObservableGauge level[] 7 {tags} workflow_type=MeasuredWorkflow");
        gauges.ShouldContain($"ObservableGauge temporal_worker_task_slots_available[] 100 {tags} worker_type=LocalActivityWorker");
        gauges.ShouldContain($"ObservableGauge temporal_worker_task_slots_used[] 0 {tags} worker_type=WorkflowWorker");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Listener_ThatStartsATask_FailsWorkflowTasksUnlessItMay(bool disableWorkflowTracingEventListener)
    {
        using var recorder = new MeasurementRecorder(meter, () => _ = Task.Run(() => { }));
        await WithWorkerAsync(new(meter, disableWorkflowTracingEventListener), async (client, options) =>
        {
            var handle = await client.StartWorkflowAsync((MeasuredWorkflow flow) => flow.RunAsync(false), options);
            if (disableWorkflowTracingEventListener)
            {
                await handle.GetResultAsync();
                return;
            }
            var failed = await Eventually.AsksUntilAsync(
                async () => (await handle.FetchHistoryAsync()).Events.FirstOrDefault(e => e.WorkflowTaskFailedEventAttributes != null), e => e != null);
            failed!.WorkflowTaskFailedEventAttributes.Failure.ApplicationFailureInfo.Type.ShouldBe("InvalidWorkflowSchedulerException");
            await handle.TerminateAsync();
        });
    }

    private async Task WithWorkerAsync(CustomMetricMeter custom, Func<ITemporalClient, WorkflowOptions, Task> act)
    {
        var client = await TemporalClient.ConnectAsync(new(server.Client.Connection.Options.TargetHost!)
        {
            Runtime = new(new() { Telemetry = new() { Metrics = new() { CustomMetricMeter = custom } } }),
        });
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(id).AddWorkflow<MeasuredWorkflow>().AddActivity(MeasuredWorkflow.Work));
        await worker.ExecuteAsync(() => act(client, new(id, id)).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Workflow]
    public sealed class MeasuredWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync(bool work)
        {
            Workflow.MetricMeter.CreateCounter<int>("rounds").Add(2, [new("extra", 1)]);
            Workflow.MetricMeter.CreateGauge<long>("level").Set(7);
            if (work)
            {
                await Workflow.ExecuteActivityAsync(() => Work(), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
            }
        }

        [Activity]
        public static void Work() => ActivityExecutionContext.Current.MetricMeter.CreateCounter<short>("work", "units").Add(5);
    }
}
