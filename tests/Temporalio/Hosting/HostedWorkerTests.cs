using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.InTree.Tests.Support;
using Temporalio.InTree.Tests.Worker;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Hosting;

public sealed class HostedWorkerTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    [SkippableFact]
    public async Task HostedWorker_WithScopedActivities_GivesEachAttemptAScopeOfItsOwn()
    {
        RealServerFixture.RequireOracle();
        var queue = RealServerFixture.NewId("hosted");
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddScoped<ScopedCounter>();
        builder.Services.AddTemporalClient(server.TargetHost, "default");
        builder.Services.AddHostedTemporalWorker(queue).AddScopedActivities<ScopedActivities>();
        using var host = builder.Build();
        await host.StartAsync();

        var first = await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "Count");
        (await first.ActivityResultAsync<int>()).ShouldBe(1);
        var second = await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "Count");
        (await second.ActivityResultAsync<int>()).ShouldBe(1);

        await host.StopAsync();
        ScopedCounter.Disposed.ShouldBeGreaterThanOrEqualTo(2);
    }

    [SkippableFact]
    public async Task HostedWorker_WithItsOwnClient_RunsStaticActivitiesAndInstances()
    {
        RealServerFixture.RequireOracle();
        var queue = RealServerFixture.NewId("hosted");
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddHostedTemporalWorker(server.TargetHost, "default", queue)
            .AddStaticActivities(typeof(StaticActivities))
            .AddActivitiesInstance(new NamedActivities("instance"));
        using var host = builder.Build();
        await host.StartAsync();

        var ofType = await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "OfType");
        (await ofType.ActivityResultAsync<string>()).ShouldBe("static");
        var ofInstance = await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "Name");
        (await ofInstance.ActivityResultAsync<string>()).ShouldBe("instance");

        await host.StopAsync();
    }

    [Fact]
    public void AddHostedTemporalWorker_TwiceForOneQueue_Refuses()
    {
        var services = new ServiceCollection();
        services.AddHostedTemporalWorker("queue");

        Should.Throw<InvalidOperationException>(() => services.AddHostedTemporalWorker("queue"));
    }

    [Fact]
    public void AddHostedTemporalWorker_TwoVersionsOfOneQueue_AreTwoWorkers()
    {
        var services = new ServiceCollection();
        services.AddHostedTemporalWorker("queue", new WorkerDeploymentOptions(new("settlement", "1"), true));
        services.AddHostedTemporalWorker("queue", new WorkerDeploymentOptions(new("settlement", "2"), true));

        services.Count(s => s.ServiceType == typeof(IHostedService)).ShouldBe(2);
    }

    [Fact]
    public void HostedWorker_WithoutAnyClient_Refuses()
    {
        var services = new ServiceCollection();
        services.AddHostedTemporalWorker("queue").AddStaticActivities(typeof(StaticActivities));
        using var provider = services.BuildServiceProvider();

        Should.Throw<InvalidOperationException>(() => provider.GetRequiredService<IHostedService>())
            .Message.ShouldContain("no client");
    }

    [Fact]
    public void ConfigureOptions_OfOneWorker_CollectsActivitiesAndWorkflows()
    {
        var services = new ServiceCollection();
        services.AddHostedTemporalWorker("queue")
            .AddSingletonActivities<NamedActivities>()
            .AddTransientActivities<ScopedActivities>()
            .AddWorkflow<EmptyWorkflow>()
            .ConfigureOptions(options => options.MaxConcurrentActivities = 7);
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<TemporalWorkerServiceOptions>>().Get("queue");

        options.TaskQueue.ShouldBe("queue");
        options.Activities.Select(a => a.Name).ShouldBe(["Name", "Count"]);
        options.Workflows.Single().Name.ShouldBe("EmptyWorkflow");
        options.MaxConcurrentActivities.ShouldBe(7);
    }

    [Fact]
    public void AddTemporalClient_WithConfiguration_MakesALazyClient()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddTemporalClient(options =>
        {
            options.TargetHost = "127.0.0.1:1";
            options.Namespace = "bank";
        });
        using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<ITemporalClient>();

        client.Options.Namespace.ShouldBe("bank");
        client.Connection.IsConnected.ShouldBeFalse();
    }

    [Fact]
    public void ClientUpdater_WithANewClient_GivesItToTheWorker()
    {
        var service = new ScriptedService();
        var other = new ScriptedClient(new ScriptedService());
        using var worker = new TemporalWorker(
            new ScriptedClient(service), new TemporalWorkerOptions("queue").AddActivity(StaticActivities.OfType));
        var updater = new TemporalWorkerClientUpdater();

        using (new TemporalWorkerClientUpdateSubscriber(updater, worker))
        {
            updater.UpdateTemporalWorkerClient(other);
        }
        updater.UpdateTemporalWorkerClient(new ScriptedClient(service));

        worker.Client.ShouldBeSameAs(other);
    }

    private static class StaticActivities
    {
        [Activity]
        public static string OfType() => "static";
    }

    [Workflow]
    public class EmptyWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Task.CompletedTask;
    }

    private sealed class NamedActivities(string name)
    {
        [Activity]
        public string Name() => name;
    }

    private sealed class ScopedActivities(ScopedCounter counter)
    {
        [Activity]
        public async Task<int> CountAsync()
        {
            await Task.Yield();
            ActivityScope.ServiceScope.ShouldNotBeNull();
            ActivityScope.ScopedInstance.ShouldBeSameAs(this);
            return counter.Next();
        }
    }

    private sealed class ScopedCounter : IDisposable
    {
        private static int disposed;
        private int count;

        public static int Disposed => disposed;

        public int Next() => ++count;

        public void Dispose() => Interlocked.Increment(ref disposed);
    }
}
