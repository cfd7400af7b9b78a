using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Matching;

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

/// <summary>How the engine runs.</summary>
internal sealed record EngineOptions
{
    /// <summary>What runs that nobody uses may occupy in memory, roughly, in bytes.</summary>
    public long MemoryBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>What is refused, and defaults.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>How long a poll waits at the server at most.</summary>
    public TimeSpan PollWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After how long a history or update wait ends softly: empty, or with the stage reached.</summary>
    public TimeSpan SoftWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a worker's own queue counts as attended after its last poll.</summary>
    public TimeSpan StickyAttended { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Told when another server has taken over the store: this one must end.</summary>
    public Action<Exception> Fatal { get; init; } = _ => { };

    /// <summary>How many due runs are dealt with at the same time.</summary>
    public int DueAtOnce { get; init; } = 64;
}

/// <summary>What the engine asks of the server's namespaces. Answers at once, from memory.</summary>
internal interface INamespaceFacts
{
    /// <summary>The namespace of this id, or null if it is gone.</summary>
    NamespaceFacts? ById(string id);

    /// <summary>The namespace of this name, or null.</summary>
    NamespaceFacts? ByName(string name);
}
