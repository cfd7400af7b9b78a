using OpenTelemetry.Context.Propagation;
using Temporalio.Client;
using Temporalio.Extensions.OpenTelemetry;
using Temporalio.InTree.Tests.Nexus;
using Temporalio.InTree.Tests.Support;
using Temporalio.InTree.Tests.Testing;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.OpenTelemetry;

/// <summary>Spans of Nexus operations, on the real server: <c>temporal-dev</c> has none.</summary>
[Collection(DevServerFixture.Collection)]
public sealed class TracingNexusLiveTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    [SkippableFact]
    public async Task Operations_CalledByAWorkflow_AreInItsTrace()
    {
        RealServerFixture.RequireOracle();
        using var recorder = new SpanRecorder();
        var queue = RealServerFixture.NewId("traced-nexus");
        var options = (TemporalClientOptions)server.Client.Options.Clone();
        options.Interceptors = [new TracingInterceptor(new() { Propagator = new TraceContextPropagator() })];
        var client = new TemporalClient(server.Client.Connection, options);
        var environment = new global::Temporalio.Testing.WorkflowEnvironment(client);
        var endpoint = await environment.CreateNexusEndpointAsync(queue, queue);
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue)
            .AddNexusService(new GreetingService()).AddWorkflow<TracedCaller>().AddWorkflow<GreeterWorkflow>());

        await worker.ExecuteAsync(async () =>
        {
            using var root = recorder.StartTrace();
            var result = client.ExecuteWorkflowAsync((TracedCaller flow) => flow.RunAsync(queue), new(queue, queue));
            (await result.WaitAsync(TimeSpan.FromMinutes(2))).ShouldBe("Hello, Ada; Hello from a workflow, Bob");
        });
        await environment.DeleteNexusEndpointAsync(endpoint);

        recorder.Tree().ShouldBe(
        [
            "StartWorkflow:TracedCaller",
            "  RunWorkflow:TracedCaller",
            "    StartNexusOperation:GreetingService/Greet",
            "      RunStartNexusOperationHandler:GreetingService/Greet",
            "    StartNexusOperation:GreetingService/by-workflow",
            "      RunStartNexusOperationHandler:GreetingService/by-workflow",
            "        StartWorkflow:GreeterWorkflow",
            "          RunWorkflow:GreeterWorkflow",
            "            CompleteWorkflow:GreeterWorkflow",
            "    CompleteWorkflow:TracedCaller",
        ]);
    }

    [Workflow]
    public sealed class TracedCaller
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string endpoint)
        {
            var client = Workflow.CreateNexusClient<IGreetingService>(endpoint);
            var greeting = await client.ExecuteNexusOperationAsync(service => service.Greet("Ada"));
            return $"{greeting}; {await client.ExecuteNexusOperationAsync(service => service.GreetByWorkflow("Bob"))}";
        }
    }
}
