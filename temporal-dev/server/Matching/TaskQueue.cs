namespace Temporalio.DevServer.Matching;

/// <summary>
/// One task queue: who waits for tasks and which tasks wait. At most one of the two, but for a rate limit. Only touched under the <see cref="Matcher"/>'s
/// lock.
/// </summary>
internal sealed class TaskQueue(QueueKey key, TimeProvider time)
{
    /// <summary>Priorities go from 1 (first) to 5 (last).</summary>
    public const int LowestPriority = 5;

    /// <summary>What a task without a priority has.</summary>
    public const int DefaultPriority = 3;

    /// <summary>How long a poller is shown after its last poll.</summary>
    private static readonly TimeSpan ShowPollers = TimeSpan.FromMinutes(5);

    /// <summary>Pollers shown; identities come from outside, and there may be any number.</summary>
    private const int MaxShownPollers = 500;

    private readonly LinkedList<QueuedTask>[] backlog = [.. Enumerable.Range(0, LowestPriority).Select(_ => new LinkedList<QueuedTask>())];
    private readonly Dictionary<string, (WorkerFacts Facts, DateTimeOffset At)> seen = new(StringComparer.Ordinal);
    private long lastPoll;
    private bool everPolled;

    public QueueKey Key { get; } = key;

    /// <summary>Polls that wait, longest first.</summary>
    public LinkedList<Poller> Waiting { get; } = new();

    /// <summary>What waits for any poller before all tasks: queries.</summary>
    public LinkedList<object> Direct { get; } = new();

    public TokenBucket Limit { get; } = new(time);

    public RateCounter Added { get; } = new(time);

    public RateCounter Dispatched { get; } = new(time);

    /// <summary>Runs while tasks wait for the rate limit.</summary>
    public ITimer? Pause { get; set; }

    public int BacklogCount => backlog.Sum(b => b.Count);

    public bool IsUnused => Waiting.Count == 0 && Direct.Count == 0 && BacklogCount == 0 && !PolledWithin(ShowPollers);

    /// <summary>Notes a poll.</summary>
    public void Saw(WorkerFacts facts)
    {
        (lastPoll, everPolled) = (time.GetTimestamp(), true);
        Limit.PerSecond = facts.TasksPerSecond;
        if (seen.Count >= MaxShownPollers && !seen.ContainsKey(facts.Identity))
            seen.Remove(seen.MinBy(s => s.Value.At).Key);
        seen[facts.Identity] = (facts, time.GetUtcNow());
    }

    /// <summary>Nobody polls here any more.</summary>
    public void Forget() => everPolled = false;

    public bool PolledWithin(TimeSpan window) => Waiting.Count > 0 || (everPolled && time.GetElapsedTime(lastPoll) <= window);

    /// <summary>Who has polled lately, newest first.</summary>
    public IReadOnlyList<(WorkerFacts Facts, DateTimeOffset At)> Pollers() =>
        [.. seen.Values.Where(s => time.GetUtcNow() - s.At <= ShowPollers).OrderByDescending(s => s.At)];

    public LinkedListNode<QueuedTask> Enqueue(QueuedTask task) => backlog[Math.Clamp(task.Priority, 1, LowestPriority) - 1].AddLast(task);

    /// <summary>The task that comes next, or null.</summary>
    public LinkedListNode<QueuedTask>? Next()
    {
        foreach (var level in backlog)
        {
            if (level.First is { } first)
                return first;
        }

        return null;
    }

    /// <summary>How many wait and since when, by priority.</summary>
    public IEnumerable<(int Priority, int Count, DateTimeOffset? Oldest)> Backlog()
    {
        for (var i = 0; i < backlog.Length; i++)
        {
            if (backlog[i].Count > 0)
                yield return (i + 1, backlog[i].Count, backlog[i].Min(t => t.OfferedAt));
        }
    }
}

/// <summary>Names a task queue. A worker's sticky queue is a queue of its own, for workflow tasks only.</summary>
internal readonly record struct QueueKey(string NamespaceId, string Name, TaskQueueType Type);

/// <summary>
/// A task that waits for a poller. It says where the task is; whoever takes it asks the run whether it still stands.
/// </summary>
/// <param name="Task">What the run offered. A later offer of the same task replaces an earlier one.</param>
internal sealed record QueuedTask(TaskToOffer Task)
{
    public RunKey Run => Task.Run;

    public long ScheduledEventId => Task.ScheduledEventId;

    public TaskQueueType Type => Task is WorkflowTaskToOffer ? TaskQueueType.Workflow : TaskQueueType.Activity;

    /// <summary>1 is handed out first, 5 last.</summary>
    public int Priority => Task.Priority is { PriorityKey: > 0 } named ? Math.Min(named.PriorityKey, TaskQueue.LowestPriority) : TaskQueue.DefaultPriority;

    /// <summary>Server time since when it waits.</summary>
    public DateTimeOffset OfferedAt => Task.ScheduledAt;
}

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
