using NexusRpc.Handlers;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.InTree.Tests.Support;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;

namespace Temporalio.InTree.Tests.Nexus;

/// <summary>Nexus operations, both ends, on the real server.</summary>
public sealed class NexusLiveTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    [SkippableFact]
    public async Task Operations_OfEveryKind_AnswerTheirCaller()
    {
        RealServerFixture.RequireOracle();
        var queue = RealServerFixture.NewId("nexus");
        var calls = new CallRecorder();
        var options = (TemporalClientOptions)server.Client.Options.Clone();
        options.DataConverter = DataConverter.Default with { PayloadCodec = new Base64Codec() };
        var client = new TemporalClient(server.Client.Connection, options);
        var environment = new global::Temporalio.Testing.WorkflowEnvironment(client);
        var endpoint = await environment.CreateNexusEndpointAsync(queue, queue);
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue) { Interceptors = [calls] }
            .AddNexusService(new GreetingService())
            .AddWorkflow<GreeterWorkflow>().AddWorkflow<WaitingWorkflow>().AddWorkflow<CallerWorkflow>());

        var handle = await worker.ExecuteAsync(async () =>
        {
            var started = await client.StartWorkflowAsync((CallerWorkflow flow) => flow.RunAsync(queue), new(RealServerFixture.NewId("caller"), queue));
            (await started.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(2))).ShouldBe(
            [
                "Hello, Ada",
                "Hello from a workflow, Bob",
                "ApplicationFailureException: the operation failed",
                "NexusHandlerFailureException: BadRequest < ApplicationFailureException: the request is bad",
                "NexusHandlerFailureException: Internal < ApplicationFailureException: Handler failed with non-retryable application error" +
                    " < ApplicationFailureException: the application failed",
                "CanceledFailureException: operation canceled",
            ]);
            return started;
        });

        calls.Seen.ShouldBe(["Greet", "by-workflow", "Nothing", "Fail", "Fail", "Fail", "WaitByWorkflow", "cancel WaitByWorkflow"]);
        var links = (await handle.FetchHistoryAsync()).Events.SelectMany(e => e.Links).Select(link => link.WorkflowEvent?.WorkflowId).ToArray();
        links.ShouldContain(id => id != null && id.StartsWith("greeter-", StringComparison.Ordinal));
        await environment.DeleteNexusEndpointAsync(endpoint);
        await new WorkflowReplayer(new WorkflowReplayerOptions { DataConverter = options.DataConverter }.AddWorkflow<CallerWorkflow>())
            .ReplayWorkflowAsync(await handle.FetchHistoryAsync());
    }

    private sealed class CallRecorder : IWorkerInterceptor
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Seen { get; } = [];

        public NexusOperationInboundInterceptor InterceptNexusOperation(NexusOperationInboundInterceptor nextInterceptor) =>
            new Recorder(Seen, nextInterceptor);

        private sealed class Recorder(
            System.Collections.Concurrent.ConcurrentQueue<string> seen, NexusOperationInboundInterceptor next) : NexusOperationInboundInterceptor(next)
        {
            public override Task<OperationStartResult<object?>> ExecuteNexusOperationStartAsync(ExecuteNexusOperationStartInput input)
            {
                seen.Enqueue(input.Context.Operation);
                return base.ExecuteNexusOperationStartAsync(input);
            }

            public override Task ExecuteNexusOperationCancelAsync(ExecuteNexusOperationCancelInput input)
            {
                seen.Enqueue($"cancel {input.Context.Operation}");
                return base.ExecuteNexusOperationCancelAsync(input);
            }
        }
    }
}
