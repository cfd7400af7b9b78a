using NexusRpc;
using NexusRpc.Handlers;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Nexus;

/// <summary>Operations whose arguments cannot be read, and cancellations that are refused.</summary>
public sealed class NexusFaultTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    [NexusService]
    public interface IWaiting
    {
        [NexusOperation]
        string Echo(string text);

        [NexusOperation]
        string Wait();
    }

    [SkippableFact]
    public async Task Start_WithAnArgumentOfAnotherType_FailsForGood()
    {
        RealServerFixture.RequireOracle();
        var error = await FailureAsync("number");

        error.ErrorType.ShouldBe(HandlerErrorType.BadRequest);
        error.ErrorRetryBehavior.ShouldBe(NexusHandlerErrorRetryBehavior.NonRetryable);
        error.InnerException.ShouldBeOfType<ApplicationFailureException>().Message.ShouldBe("Payload converter failed to decode Nexus operation input");
    }

    [SkippableFact]
    public async Task Start_WhoseCodecFailsOnce_IsTriedAgain()
    {
        RealServerFixture.RequireOracle();
        var codec = new FailsOnce();
        (await RunAsync("text", codec)).ShouldBe("text");
        codec.Decoded.ShouldBeGreaterThan(1);
    }

    [SkippableFact]
    public async Task Cancellation_ThatTheHandlerRefuses_FailsTheCallThatWaitsForIt()
    {
        RealServerFixture.RequireOracle();
        var error = await FailureAsync("cancel");

        error.ErrorType.ShouldBe(HandlerErrorType.NotImplemented);
        error.InnerException.ShouldBeOfType<ApplicationFailureException>().Message.ShouldBe("never");
    }

    private async Task<NexusHandlerFailureException> FailureAsync(string how)
    {
        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => RunAsync(how, null));
        var operation = failed.InnerException.ShouldBeOfType<NexusOperationFailureException>();
        return operation.InnerException.ShouldBeOfType<NexusHandlerFailureException>();
    }

    private async Task<string> RunAsync(string how, IPayloadCodec? codec)
    {
        var queue = RealServerFixture.NewId("nexus-fault");
        var options = (TemporalClientOptions)server.Client.Options.Clone();
        options.DataConverter = DataConverter.Default with { PayloadCodec = codec };
        var environment = new global::Temporalio.Testing.WorkflowEnvironment(server.Client);
        var endpoint = await environment.CreateNexusEndpointAsync(queue, queue);
        using var services = new TemporalWorker(
            new TemporalClient(server.Client.Connection, options), new TemporalWorkerOptions(queue).AddNexusService(new WaitingService()));
        var flows = RealServerFixture.NewId("nexus-caller");
        using var callers = new TemporalWorker(
            server.Client, new TemporalWorkerOptions(flows).AddWorkflow<FaultWorkflow>().AddWorkflow<WaitingWorkflow>());
        try
        {
            return await services.ExecuteAsync(() => callers.ExecuteAsync(() => server.Client.ExecuteWorkflowAsync(
                (FaultWorkflow flow) => flow.RunAsync(queue, how), new(RealServerFixture.NewId("fault"), flows)).WaitAsync(TimeSpan.FromMinutes(2))));
        }
        finally
        {
            await environment.DeleteNexusEndpointAsync(endpoint);
        }
    }

    [NexusServiceHandler(typeof(IWaiting))]
    public sealed class WaitingService
    {
        [NexusOperationHandler]
        public IOperationHandler<string, string> Echo() => OperationHandler.Sync<string, string>((_, text) => text);

        [NexusOperationHandler]
        public IOperationHandler<NoValue, string> Wait() => new RefusesCancellation();
    }

    [Workflow]
    public sealed class FaultWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string endpoint, string how)
        {
            switch (how)
            {
                case "number":
                    return await Workflow.CreateNexusClient("Waiting", endpoint).ExecuteNexusOperationAsync<string>("Echo", 1234);
                case "cancel":
                    using (var cancel = new CancellationTokenSource())
                    {
                        var waiting = await Workflow.CreateNexusClient<IWaiting>(endpoint).StartNexusOperationAsync(service => service.Wait(), new()
                        {
                            CancellationToken = cancel.Token,
                            CancellationType = NexusOperationCancellationType.WaitCancellationRequested,
                        });
#pragma warning disable CA1849 // A workflow waits for nothing outside its scheduler.
                        cancel.Cancel();
#pragma warning restore CA1849
                        return await waiting.GetResultAsync();
                    }
                default:
                    return await Workflow.CreateNexusClient<IWaiting>(endpoint).ExecuteNexusOperationAsync(service => service.Echo(how));
            }
        }
    }

    private sealed class RefusesCancellation : IOperationHandler<NoValue, string>
    {
        public Task<OperationStartResult<string>> StartAsync(OperationStartContext context, NoValue input) =>
            Task.FromResult(OperationStartResult.AsyncResult<string>("token"));

        public Task CancelAsync(OperationCancelContext context) => throw new HandlerException(HandlerErrorType.NotImplemented, "never");
    }

    private sealed class FailsOnce : IPayloadCodec
    {
        private int decoded;

        public int Decoded => decoded;

        public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) => Task.FromResult(payloads);

        public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) =>
            Interlocked.Increment(ref decoded) == 1 ? throw new InvalidOperationException("not yet") : Task.FromResult(payloads);
    }
}
