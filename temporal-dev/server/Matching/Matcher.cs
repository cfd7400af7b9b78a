namespace Temporalio.DevServer.Matching;

/// <summary>
/// All task queues of the server, in memory: tasks meet pollers here. Nothing here is authoritative: a task that is handed out is checked with its run, and
/// after a restart the runs offer their tasks again. One lock for all: what happens under it is a few pointers.
/// </summary>
internal sealed partial class Matcher(TimeProvider time) : IDisposable
{
    /// <summary>Polls that may wait in one namespace. A poll is a stream of a connection, and whoever opens thousands is no worker.</summary>
    public const int MaxWaitingPerNamespace = 10_000;

    /// <summary>Task queues in memory; names come from outside. Unused ones are swept before the bound is felt.</summary>
    private const int MaxQueues = 50_000;

    private readonly Lock gate = new();
    private readonly Dictionary<QueueKey, TaskQueue> queues = [];
    private readonly Dictionary<RunKey, List<(TaskQueue Queue, LinkedListNode<QueuedTask> Node)>> backlogged = [];
    private readonly Dictionary<string, int> waitingByNamespace = new(StringComparer.Ordinal);
    private int sweepAt = 1024;
    private bool closed;

    /// <summary>Offers a task: to a poller that waits, else to the backlog. Replaces an earlier offer of the same task.</summary>
    public void Offer(QueueKey queue, TaskToOffer offer)
    {
        var task = new QueuedTask(offer);
        lock (gate)
        {
            if (closed)
                return;
            Withdraw(task);
            var found = Queue(queue);
            found.Added.Add();
            var node = found.Enqueue(task);
            if (!backlogged.TryGetValue(task.Run, out var nodes))
                backlogged.Add(task.Run, nodes = new(1));
            nodes.Add((found, node));
            Pump(found);
        }
    }

    /// <summary>Takes back all offers of a run that nobody has taken yet: it has closed.</summary>
    public void TakeBack(RunKey run)
    {
        lock (gate)
        {
            if (!backlogged.Remove(run, out var nodes))
                return;
            foreach (var (_, node) in nodes)
                node.List!.Remove(node);
        }
    }

    /// <summary>
    /// Takes a poller that waits, so that a task can be started for it in the transition that makes the task. The taker must either
    /// <see cref="Poller.Give"/> it something or <see cref="Return"/> it.
    /// </summary>
    /// <returns>The poller, or null where none waits or the queue's rate does not allow a task now.</returns>
    public Poller? TryTakePoller(QueueKey queue)
    {
        lock (gate)
        {
            if (closed || !queues.TryGetValue(queue, out var found) || found.Waiting.First is null || found.BacklogCount > 0 || found.Direct.Count > 0 || !found.Limit.TryTake())
                return null;
            found.Added.Add();
            found.Dispatched.Add();
            return Dequeue(found);
        }
    }

    /// <summary>Puts a poller back that was taken for nothing.</summary>
    public void Return(Poller poller)
    {
        lock (gate)
        {
            if (closed || !queues.TryGetValue(poller.Queue, out var queue))
            {
                poller.Give(null);
                return;
            }

            queue.Limit.GiveBack();
            Enqueue(queue, poller, first: true);
            Pump(queue);
        }
    }

    /// <summary>Whether anybody polls or has polled a queue within a time.</summary>
    public bool PolledWithin(QueueKey queue, TimeSpan window)
    {
        lock (gate)
            return queues.TryGetValue(queue, out var found) && found.PolledWithin(window);
    }

    /// <summary>What can be told of a queue; an unknown one is empty.</summary>
    public QueueDescription Describe(QueueKey queue)
    {
        lock (gate)
        {
            return queues.TryGetValue(queue, out var found)
                ? new QueueDescription(found.Pollers(), [.. found.Backlog()], found.Added.PerSecond(), found.Dispatched.PerSecond(), found.Limit.PerSecond)
                : new QueueDescription([], [], 0, 0, null);
        }
    }

    /// <summary>Ends all polls, empty.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            foreach (var queue in queues.Values)
            {
                queue.Pause?.Dispose();
                while (queue.Waiting.First is not null)
                    Dequeue(queue).Give(null);
            }
        }
    }

    private TaskQueue Queue(QueueKey key)
    {
        if (queues.TryGetValue(key, out var queue))
            return queue;
        if (queues.Count >= sweepAt)
            Sweep();
        queues.Add(key, queue = new TaskQueue(key, time));
        return queue;
    }

    private void Sweep()
    {
        foreach (var unused in queues.Values.Where(q => q.IsUnused).ToList())
        {
            unused.Pause?.Dispose();
            queues.Remove(unused.Key);
        }

        sweepAt = Math.Max(1024, queues.Count * 2);
    }

    /// <summary>Takes the task, or an earlier offer of it, out of its backlog.</summary>
    private void Withdraw(QueuedTask task)
    {
        if (!backlogged.TryGetValue(task.Run, out var nodes))
            return;
        var at = nodes.FindIndex(n => n.Node.Value.ScheduledEventId == task.ScheduledEventId && n.Node.Value.Type == task.Type);
        if (at < 0)
            return;
        nodes[at].Node.List!.Remove(nodes[at].Node);
        nodes.RemoveAt(at);
        if (nodes.Count == 0)
            backlogged.Remove(task.Run);
    }

    /// <summary>Hands out what waits to those who wait, as far as the rate allows.</summary>
    private void Pump(TaskQueue queue)
    {
        while (queue.Waiting.First is not null && queue.Direct.First is { } direct)
        {
            queue.Direct.RemoveFirst();
            Dequeue(queue).Give(direct.Value);
        }

        while (queue.Waiting.First is not null && queue.Next() is { } next)
        {
            if (!queue.Limit.TryTake())
            {
                PumpLater(queue);
                return;
            }

            queue.Dispatched.Add();
            Withdraw(next.Value);
            Dequeue(queue).Give(next.Value);
        }
    }

    private void PumpLater(TaskQueue queue)
    {
        if (queue.Pause is not null || queue.Limit.UntilNext() is not { } wait)
            return;
        queue.Pause = time.CreateTimer(_ => PumpAfterPause(queue), null, wait + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private void PumpAfterPause(TaskQueue queue)
    {
        lock (gate)
        {
            queue.Pause?.Dispose();
            queue.Pause = null;
            if (!closed)
                Pump(queue);
        }
    }

    private void Enqueue(TaskQueue queue, Poller poller, bool first)
    {
        poller.Waiting = first ? queue.Waiting.AddFirst(poller) : queue.Waiting.AddLast(poller);
        waitingByNamespace[queue.Key.NamespaceId] = waitingByNamespace.GetValueOrDefault(queue.Key.NamespaceId) + 1;
    }

    private Poller Dequeue(TaskQueue queue)
    {
        var poller = queue.Waiting.First!.Value;
        Remove(queue, poller);
        return poller;
    }

    private void Remove(TaskQueue queue, Poller poller)
    {
        queue.Waiting.Remove(poller.Waiting!);
        poller.Waiting = null;
        var left = waitingByNamespace.GetValueOrDefault(queue.Key.NamespaceId) - 1;
        if (left > 0)
            waitingByNamespace[queue.Key.NamespaceId] = left;
        else
            waitingByNamespace.Remove(queue.Key.NamespaceId);
    }
}
