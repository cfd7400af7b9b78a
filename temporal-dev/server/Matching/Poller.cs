namespace Temporalio.DevServer.Matching;

/// <summary>One long poll that waits at a queue. It ends exactly once: with something to do, or empty.</summary>
internal sealed class Poller
{
    private readonly TaskCompletionSource<object?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Poller(WorkerFacts facts, QueueKey queue, string? workerQueue)
    {
        Facts = facts;
        Queue = queue;
        NormalQueue = workerQueue;
    }

    /// <summary>Who polls.</summary>
    public WorkerFacts Facts { get; }

    /// <summary>Where.</summary>
    public QueueKey Queue { get; }

    /// <summary>For a sticky queue: the queue that it belongs to.</summary>
    public string? NormalQueue { get; }

    /// <summary>Where it waits, while it does.</summary>
    internal LinkedListNode<Poller>? Waiting { get; set; }

    /// <summary>What it gets: a <see cref="QueuedTask"/> to start, anything else that it was handed ready, or null for an empty answer.</summary>
    internal Task<object?> Answer => answer.Task;

    /// <summary>Hands it something. Only for whoever took it out of its queue.</summary>
    /// <param name="work">What it gets, null for an empty answer.</param>
    public void Give(object? work) => answer.TrySetResult(work);
}
