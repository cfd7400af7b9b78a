using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Engine;

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
