using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Batches;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Frontend;
using Temporalio.DevServer.Health;
using Temporalio.DevServer.Namespaces;
using Temporalio.DevServer.Operator;
using Temporalio.DevServer.Retention;
using Temporalio.DevServer.Schedules;
using Temporalio.DevServer.TestService;

namespace Temporalio.DevServer.Hosting;

/// <summary>The one place that says of which parts the server consists, and in which order they start.</summary>
internal sealed class ServerComposition
{
    /// <summary>As on the official test server, runs that follow each other are not held apart: time that is locked would not pass for them.</summary>
    private static readonly EngineOptions WhereTimeSkips = new() { Limits = Executions.Limits.Default with { ContinueAsNewMinInterval = TimeSpan.Zero } };

    private readonly List<IServerModule> modules = [];

    public ServerComposition(ServerParts parts)
    {
        Services = new ServerServices(new RequestErrors(parts.Fatal, Microsoft.Extensions.Logging.LoggerFactoryExtensions.CreateLogger<RequestErrors>(parts.Logs), parts.Stopping));
        Operator = Add(new OperatorModule(parts));
        var engine = parts.Clock is SkippingClock ? WhereTimeSkips : new EngineOptions();
        if (parts.Options.SuggestContinueAsNewAfter is { } events)
            engine = engine with { Limits = engine.Limits with { SuggestContinueAsNewCount = events } };
        Engine = Add(new EngineModule(parts, engine));
        Add(new VisibilityModule(parts));
        Schedules = Add(new ScheduleModule(parts, Engine));
        Batches = Add(new BatchModule(parts, Engine));
        Retention = Add(new RetentionModule(parts, Engine, Schedules.Schedules, Batches.Batches));
        Add(new HealthModule(parts));
        if (parts.Clock is SkippingClock clock)
            Add(new TestServiceModule(clock));
        foreach (var module in modules)
            module.Register(Services);
    }

    /// <summary>Gets what is answered.</summary>
    public ServerServices Services { get; }

    /// <summary>Gets what runs executions.</summary>
    public EngineModule Engine { get; }

    /// <summary>Gets what runs schedules.</summary>
    public ScheduleModule Schedules { get; }

    /// <summary>Gets what runs batch jobs.</summary>
    public BatchModule Batches { get; }

    /// <summary>Gets what deletes what was kept long enough.</summary>
    public RetentionModule Retention { get; }

    /// <summary>Gets who this server is, and its namespaces.</summary>
    public OperatorModule Operator { get; }

    /// <summary>Starts the parts, each after those before it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var module in modules)
            await module.StartAsync(cancellationToken);
    }

    /// <summary>Ends the parts, the last first.</summary>
    public async ValueTask StopAsync()
    {
        foreach (var module in Enumerable.Reverse(modules))
            await module.DisposeAsync();
    }

    private T Add<T>(T module)
        where T : IServerModule
    {
        modules.Add(module);
        return module;
    }
}

/// <summary>What every part of the server may use.</summary>
/// <param name="Options">How the server runs.</param>
/// <param name="Store">Where its state is.</param>
/// <param name="Clock">Its time.</param>
/// <param name="Namespaces">Its namespaces.</param>
/// <param name="Fatal">Takes failures that end it.</param>
/// <param name="Logs">Its loggers.</param>
/// <param name="Stopping">Cancelled when it is about to end: whoever holds a long poll answers then.</param>
internal sealed record ServerParts(
    DevServerOptions Options,
    IStore Store,
    IServerClock Clock,
    NamespaceRegistry Namespaces,
    FatalErrors Fatal,
    ILoggerFactory Logs,
    CancellationToken Stopping);

/// <summary>A part of the server: what it answers, and what it does by itself.</summary>
internal interface IServerModule : IAsyncDisposable
{
    /// <summary>Names the methods that this part answers. Called once, before anything starts.</summary>
    /// <param name="services">Takes the handlers.</param>
    void Register(ServerServices services);

    /// <summary>Recovers what is stored and begins what runs by itself; modules start in the order of their registration, before the port opens.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends what runs by itself.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
