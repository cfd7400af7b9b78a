namespace Temporalio.DevServer.Matching;

/// <summary>What can be told of a task queue.</summary>
/// <param name="Pollers">Who has polled lately (wall time), newest first.</param>
/// <param name="Backlog">Tasks that wait, by priority: how many, and since which server time the oldest.</param>
/// <param name="AddRate">Tasks offered per second.</param>
/// <param name="DispatchRate">Tasks handed out per second.</param>
/// <param name="Limit">The rate limit that workers have set, or null.</param>
internal sealed record QueueDescription(
    IReadOnlyList<(WorkerFacts Facts, DateTimeOffset At)> Pollers,
    IReadOnlyList<(int Priority, int Count, DateTimeOffset? Oldest)> Backlog,
    float AddRate,
    float DispatchRate,
    double? Limit);
