using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Matching;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>What all parts of the engine share. One of each per server.</summary>
internal sealed class EngineServices(IStore store, IServerClock clock, INamespaceFacts namespaces, Matcher matcher, EngineOptions options, ILogger logger)
{
    public IStore Store { get; } = store;

    public IServerClock Clock { get; } = clock;

    public INamespaceFacts Namespaces { get; } = namespaces;

    public Matcher Matcher { get; } = matcher;

    public EngineOptions Options { get; } = options;

    public ILogger Logger { get; } = logger;

    public IIds Ids { get; } = new SystemIds();

    public ExecutionRegistry Registry { get; } = new(options.MemoryBytes);

    public RunChanges Changes { get; } = new();

    public UpdateBoard Updates { get; } = new();

    public QueryBoard Queries { get; } = new();

    /// <summary>When each run next has something to do by itself.</summary>
    public DueTimes<RunKey> Due { get; } = new();

    /// <summary>What a transition of a run in this namespace may know.</summary>
    public TransitionContext Context(NamespaceFacts space) => new(Clock.Now, Ids, Options.Limits, space);
}
