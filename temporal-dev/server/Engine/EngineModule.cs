using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Frontend;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Matching;
using Temporalio.DevServer.Operator;

namespace Temporalio.DevServer.Engine;

/// <summary>Executions: the engine, its task queues, and the methods of the workflow service that are about executions and tasks.</summary>
internal sealed class EngineModule : IServerModule
{
    private readonly Matcher matcher = new(TimeProvider.System);

    public EngineModule(ServerParts parts, EngineOptions? options = null)
    {
        Spaces = new Spaces(parts.Namespaces);
        var services = new EngineServices(
            parts.Store, parts.Clock, Spaces, matcher, (options ?? new EngineOptions()) with { Fatal = parts.Fatal.End }, parts.Logs.CreateLogger<ExecutionEngine>());
        Engine = new ExecutionEngine(services);
        parts.Namespaces.Cleaners.Add(new NamespaceCleaner(Engine));
        parts.Stopping.Register(matcher.Dispose);
    }

    /// <summary>For those who act on executions from within the server: schedules, batches, retention.</summary>
    public ExecutionEngine Engine { get; }

    /// <summary>The namespaces as executions see them.</summary>
    public Spaces Spaces { get; }

    public void Register(ServerServices services)
    {
        var answers = new TaskAnswers(Engine);
        new StartHandlers(Engine, Spaces, answers).Register(services.Workflow);
        new ExecutionHandlers(Engine, Spaces).Register(services.Workflow);
        new WorkflowTaskHandlers(Engine, Spaces, answers).Register(services.Workflow);
        new ActivityTaskHandlers(Engine, Spaces).Register(services.Workflow);
        new PendingActivityHandlers(Engine, Spaces).Register(services.Workflow);
        new UpdateHandlers(Engine, Spaces, answers).Register(services.Workflow);
        new HistoryHandlers(Engine, Spaces).Register(services.Workflow);
        new TaskQueueHandlers(matcher, Engine.Services.Clock, Spaces).Register(services.Workflow);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Engine.StartAsync(cancellationToken);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
