using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Executions;

/// <summary>Everything a transition may know that is not the run's own: it reads no clock and no random source by itself.</summary>
/// <param name="Now">The time of the transition (UTC); never earlier than the run's last one.</param>
/// <param name="Ids">Fresh names.</param>
/// <param name="Limits">What is refused.</param>
/// <param name="Namespace">The run's namespace.</param>
internal sealed record TransitionContext(DateTimeOffset Now, IIds Ids, Limits Limits, NamespaceFacts Namespace);

/// <summary>What transitions need to know of the namespace they happen in. Immutable; a change of the namespace gives a new one.</summary>
/// <param name="Name">As callers write it.</param>
/// <param name="Id">Lower-case UUID.</param>
/// <param name="Retention">How long a closed run is kept.</param>
/// <param name="SearchAttributes">Which search attributes may be set, and their types.</param>
internal sealed record NamespaceFacts(string Name, string Id, TimeSpan Retention, SearchAttributeRegistry SearchAttributes);

/// <summary>Where transitions take fresh names from, so that a test can fix them.</summary>
internal interface IIds
{
    /// <summary>A fresh lower-case UUID: a run id or a request id.</summary>
    string NewUuid();

    /// <summary>A number that grows with every event of the server (temporal.api.history.v1.HistoryEvent.task_id).</summary>
    long NextTaskId();

    /// <summary>Spreads what would otherwise happen at once: a number from 0 up to, not including, 1.</summary>
    double NextFraction();
}

/// <summary>Fresh names from the system's random source. Safe for concurrent calls.</summary>
internal sealed class SystemIds : IIds
{
    // Task ids only have to grow within a run, also over restarts: they begin where the clock stands.
    private long taskId = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << 10;

    public string NewUuid() => Guid.NewGuid().ToString("D");

    public long NextTaskId() => Interlocked.Increment(ref taskId);

    public double NextFraction() => Random.Shared.NextDouble();
}
