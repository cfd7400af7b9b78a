using System.Collections.Concurrent;
using Temporalio.Client;
using Temporalio.InTree.Tests.Support;
using Temporalio.Runtime;
using Temporalio.Runtime.Prometheus;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Worker;

/// <summary>What a worker tells of itself: events and metrics, on the real server.</summary>
public sealed class WorkerTelemetryLiveTests
{
    [SkippableFact]
    public async Task Worker_ThatRunsAWorkflow_TellsOfItsTasksAndCountsThem()
    {
        RealServerFixture.RequireOracle();
        var meter = new PrometheusMeter(new());
        var runtime = new TemporalRuntime(new() { Telemetry = new() { Metrics = new() { CustomMetricMeter = meter } } });
        var client = await TemporalClient.ConnectAsync(new(await RealServer.TargetHostAsync()) { Runtime = runtime });
        var queue = RealServerFixture.NewId("telemetry");
        var starting = new ConcurrentQueue<WorkflowTaskStartingEventArgs>();
        var completed = new ConcurrentQueue<WorkflowTaskCompletedEventArgs>();
        var options = new TemporalWorkerOptions(queue).AddWorkflow<CountingWorkflow>();
        options.WorkflowTaskStarting += (_, e) => starting.Enqueue(e);
        options.WorkflowTaskCompleted += (_, e) => completed.Enqueue(e);
        using var worker = new TemporalWorker(client, options);

        var id = RealServerFixture.NewId("counting");
        await worker.ExecuteAsync(() => client.ExecuteWorkflowAsync((CountingWorkflow flow) => flow.RunAsync(), new(id, queue)));

        starting.Select(e => (e.WorkflowInfo.WorkflowId, e.WorkflowDefinition.Name)).ShouldBe([(id, "CountingWorkflow"), (id, "CountingWorkflow")]);
        completed.Select(e => e.TaskFailureException).ShouldBe([null, null]);
        var text = meter.Render();
        var labels = $"namespace=\"default\",service_name=\"temporal-core-sdk\",task_queue=\"{queue}\"";
        text.ShouldContain($"\nrounds{{{labels},workflow_type=\"CountingWorkflow\"}} 1\n");
        text.ShouldContain($"\ntemporal_workflow_completed{{{labels},workflow_type=\"CountingWorkflow\"}} 1\n");
        text.ShouldContain($"\ntemporal_workflow_task_execution_latency_count{{{labels},workflow_type=\"CountingWorkflow\"}} 2\n");
        text.ShouldContain("\ntemporal_request{operation=\"StartWorkflowExecution\",service_name=\"temporal-core-sdk\"} 1\n");
        text.ShouldContain("poller_type=\"sticky_workflow_task\"");
    }

    [Workflow]
    public sealed class CountingWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync()
        {
            Workflow.MetricMeter.CreateCounter<int>("rounds").Add(1);
            await Workflow.DelayAsync(1);
        }
    }
}
