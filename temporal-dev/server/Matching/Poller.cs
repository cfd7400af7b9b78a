using Temporalio.Api.Deployment.V1;

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

/// <summary>Who polls, as far as others may see it.</summary>
/// <param name="Identity">As the worker calls itself.</param>
/// <param name="TasksPerSecond">What the worker lets the whole queue hand out, or null for no limit.</param>
/// <param name="InstanceKey">The worker process, or empty: it takes its polls back by it when it shuts down.</param>
/// <param name="Capabilities">The worker's build, as sent.</param>
/// <param name="Deployment">Worker deployment, as sent; shown only.</param>
internal sealed record WorkerFacts(
    string Identity,
    double? TasksPerSecond = null,
    string InstanceKey = "",
    WorkerVersionCapabilities? Capabilities = null,
    WorkerDeploymentOptions? Deployment = null)
{
    /// <summary>The same as a run records it. A worker that names no build leaves no stamp.</summary>
    /// <param name="queue">The queue polled.</param>
    /// <param name="isSticky">Whether that queue is the worker's own.</param>
    public PollerFacts Polling(string queue, bool isSticky)
    {
        var stamp = Capabilities is { BuildId.Length: > 0 } build ? new WorkerVersionStamp { BuildId = build.BuildId, UseVersioning = build.UseVersioning } : null;
        return new PollerFacts(Identity, queue, isSticky, Deployment, stamp);
    }
}

/// <summary>More polls wait, or more task queues exist, than the server bears.</summary>
internal sealed class TooManyPollersException() : Exception("Too many polls wait already.");
