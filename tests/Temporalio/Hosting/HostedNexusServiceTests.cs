using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NexusRpc;
using NexusRpc.Handlers;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.InTree.Tests.Support;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Hosting;

/// <summary>Nexus services whose objects come from dependency injection.</summary>
public sealed class HostedNexusServiceTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    [NexusService]
    public interface ICounting
    {
        [NexusOperation]
        int Count(int by);
    }

    [SkippableTheory]
    [InlineData(ServiceLifetime.Singleton, ServiceLifetime.Singleton, 5)]
    [InlineData(ServiceLifetime.Singleton, ServiceLifetime.Scoped, 5)]
    [InlineData(ServiceLifetime.Singleton, ServiceLifetime.Transient, 5)]
    [InlineData(ServiceLifetime.Scoped, ServiceLifetime.Singleton, 5)]
    [InlineData(ServiceLifetime.Scoped, ServiceLifetime.Scoped, 3)]
    [InlineData(ServiceLifetime.Transient, ServiceLifetime.Singleton, 5)]
    [InlineData(ServiceLifetime.Transient, ServiceLifetime.Transient, 3)]
    public async Task Operation_CalledTwice_LivesAsLongAsItsServiceAndWhatThatNeeds(ServiceLifetime service, ServiceLifetime needed, int second)
    {
        RealServerFixture.RequireOracle();
        var queue = RealServerFixture.NewId("hosted-nexus");
        var environment = new global::Temporalio.Testing.WorkflowEnvironment(server.Client);
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton<ITemporalClient>(server.Client);
        builder.Services.Add(new(typeof(Tally), typeof(Tally), needed));
        var worker = builder.Services.AddHostedTemporalWorker(queue).AddWorkflow<TwiceWorkflow>();
        _ = service switch
        {
            ServiceLifetime.Singleton => worker.AddSingletonNexusService<CountingService>(),
            ServiceLifetime.Scoped => worker.AddScopedNexusService<CountingService>(),
            _ => worker.AddTransientNexusService<CountingService>(),
        };
        using var host = builder.Build();
        await host.StartAsync();
        var endpoint = await environment.CreateNexusEndpointAsync(queue, queue);

        var counts = await server.Client.ExecuteWorkflowAsync(
            (TwiceWorkflow flow) => flow.RunAsync(queue), new(RealServerFixture.NewId("twice"), queue)).WaitAsync(TimeSpan.FromMinutes(1));

        counts.ShouldBe([2, second]);
        await environment.DeleteNexusEndpointAsync(endpoint);
        await host.StopAsync();
    }

    [Fact]
    public async Task Host_WithAHandlerOfNoOperation_DoesNotStart()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddTemporalClient("127.0.0.1:1", "default");
        builder.Services.AddHostedTemporalWorker("queue").AddScopedNexusService<SurplusService>();
        using var host = builder.Build();

        var error = await Should.ThrowAsync<ArgumentException>(() => host.StartAsync());

        error.Message.ShouldBe("Failed obtaining operation handler from Surplus");
        error.InnerException.ShouldBeOfType<ArgumentException>().Message.ShouldBe("No matching NexusOperation on the service interface");
    }

    /// <summary>Fails where it is used after its scope.</summary>
    public sealed class Tally : IDisposable
    {
        private bool disposed;
        private int value;

        public int Add(int by)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return value += by;
        }

        public void Dispose() => disposed = true;
    }

    [NexusServiceHandler(typeof(ICounting))]
    public sealed class CountingService(Tally tally)
    {
        [NexusOperationHandler]
        public IOperationHandler<int, int> Count() => OperationHandler.Sync<int, int>(async (_, by) =>
        {
            await Task.Delay(20);
            return tally.Add(by);
        });
    }

    [NexusServiceHandler(typeof(ICounting))]
    public sealed class SurplusService
    {
        [NexusOperationHandler]
        public IOperationHandler<int, int> Count() => OperationHandler.Sync<int, int>((_, by) => by);

        [NexusOperationHandler]
        public IOperationHandler<int, int> Surplus() => OperationHandler.Sync<int, int>((_, by) => by);
    }

    [Workflow]
    public sealed class TwiceWorkflow
    {
        [WorkflowRun]
        public async Task<int[]> RunAsync(string endpoint)
        {
            var client = Workflow.CreateNexusClient<ICounting>(endpoint);
            var first = await client.ExecuteNexusOperationAsync(service => service.Count(2));
            return [first, await client.ExecuteNexusOperationAsync(service => service.Count(3))];
        }
    }
}
