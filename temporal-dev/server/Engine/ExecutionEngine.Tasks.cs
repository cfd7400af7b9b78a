using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Engine;

// Tasks on their way to workers and back.
internal sealed partial class ExecutionEngine
{
    /// <summary>Waits for a workflow task or a query.</summary>
    /// <param name="queue">Where.</param>
    /// <param name="normalQueue">For a worker's own queue: the queue that it belongs to.</param>
    /// <param name="worker">Who.</param>
    /// <param name="wait">How long.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    /// <returns>A <see cref="ReadyWorkflowTask"/>, a <see cref="DirectQuery"/>, or null.</returns>
    public async Task<object?> PollWorkflowTaskAsync(QueueKey queue, string? normalQueue, WorkerFacts worker, TimeSpan wait, CancellationToken cancellationToken)
    {
        var poller = worker.Polling(queue.Name, normalQueue is not null);
        return await PollAsync(queue, normalQueue, worker, wait, task => StartWorkflowTaskAsync((WorkflowTaskToOffer)task, poller), cancellationToken);
    }

    /// <summary>Waits for an activity task.</summary>
    public async Task<ReadyActivityTask?> PollActivityTaskAsync(QueueKey queue, WorkerFacts worker, TimeSpan wait, CancellationToken cancellationToken)
    {
        var poller = worker.Polling(queue.Name, isSticky: false);
        return (ReadyActivityTask?)await PollAsync(queue, null, worker, wait, task => StartActivityAsync((ActivityTaskToOffer)task, poller), cancellationToken);
    }

    /// <summary>Takes a worker's answer to a workflow task.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="run">The run, from the token.</param>
    /// <param name="task">The task, from the token.</param>
    /// <param name="request">The answer.</param>
    /// <param name="cancellationToken">Gives up waiting for the run.</param>
    public async Task<AnsweredWorkflowTask> CompleteWorkflowTaskAsync(
        NamespaceFacts space, RunKey run, WorkflowTaskRef task, RespondWorkflowTaskCompletedRequest request, CancellationToken cancellationToken)
    {
        using var locked = await LockAsync(run.NamespaceId, run.WorkflowId, cancellationToken);
        if (await locked.FindAsync(run.RunId, cancellationToken) is not { } loaded)
            throw RpcRefusal.WorkflowTaskNotFound();
        StartedWorkflowTask? next = null;
        List<StartedActivity> eager = [];
        var (completed, _) = await ChangeAsync(locked, loaded, space, t =>
        {
            var done = t.CompleteWorkflowTask(task, request);
            eager = StartEager(t, request);
            next = request.ReturnNewWorkflowTask ? StartNext(t, request) : null;
            services.Queries.Answer(run, request.QueryResults);
            return done;
        });
        if (completed.Refusal is { } refusal)
            throw refusal;
        return new AnsweredWorkflowTask(
            completed.ResetHistoryEventId,
            next is null ? null : publisher.Ready(run, next, loaded.Tail),
            eager.ConvertAll(a => new ReadyActivityTask(run, a)));
    }

    /// <summary>Takes a worker's failure to do a workflow task.</summary>
    public async Task FailWorkflowTaskAsync(NamespaceFacts space, RunKey run, WorkflowTaskRef task, RespondWorkflowTaskFailedRequest request, CancellationToken cancellationToken)
    {
        using var locked = await LockAsync(run.NamespaceId, run.WorkflowId, cancellationToken);
        if (await locked.FindAsync(run.RunId, cancellationToken) is not { } loaded)
            throw RpcRefusal.WorkflowTaskNotFound();
        await ChangeAsync(locked, loaded, space, t => t.FailWorkflowTask(task, request));
    }

    /// <summary>Takes an answer to an activity task that its token names.</summary>
    public async Task ChangeActivityAsync(NamespaceFacts space, RunKey run, Action<Transition> verb, CancellationToken cancellationToken)
    {
        using var locked = await LockAsync(run.NamespaceId, run.WorkflowId, cancellationToken);
        if (await locked.FindAsync(run.RunId, cancellationToken) is not { } loaded)
            throw RpcRefusal.ActivityNotFound();
        await ChangeAsync(locked, loaded, space, verb);
    }

    private static List<StartedActivity> StartEager(Transition transition, RespondWorkflowTaskCompletedRequest request)
    {
        var started = new List<StartedActivity>();
        foreach (var offer in transition.Offers.OfType<ActivityTaskToOffer>().Where(o => o.IsEager).ToList())
        {
            if (transition.StartActivity(offer, PollerFacts.Of(request)) is { } task)
                started.Add(task);
        }

        return started;
    }

    private static StartedWorkflowTask? StartNext(Transition transition, RespondWorkflowTaskCompletedRequest request)
    {
        if (transition.Offers.OfType<WorkflowTaskToOffer>().FirstOrDefault() is not { } offer)
            return null;
        // Who asks for the next task with his answer has the run in his cache, whether he polls a queue of his own or not.
        return transition.StartWorkflowTask(offer, PollerFacts.Of(request)) is { } started ? started with { HistoryFrom = started.Response.PreviousStartedEventId + 1 } : null;
    }

    private async Task<object?> PollAsync(
        QueueKey queue, string? normalQueue, WorkerFacts worker, TimeSpan wait, Func<TaskToOffer, Task<object?>> start, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var left = wait - TimeProvider.System.GetElapsedTime(begun);
            var got = await services.Matcher.PollAsync(queue, normalQueue, worker, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
            if (got is not QueuedTask task)
                return got;
            if (await TryStartAsync(queue, task, start) is { } ready)
                return ready;
            if (left <= TimeSpan.Zero)
                return null;
        }
    }

    private async Task<object?> TryStartAsync(QueueKey queue, QueuedTask task, Func<TaskToOffer, Task<object?>> start)
    {
        try
        {
            return await start(task.Task);
        }
        catch (StoreUnavailableException)
        {
            // It was taken out of its queue and still stands.
            services.Matcher.Offer(queue, task.Task);
            throw;
        }
    }

    /// <summary>Starts a task that waited; null if it does not stand any more. Not for the caller's token to interrupt: the task is in nobody's queue meanwhile.</summary>
    private async Task<object?> StartWorkflowTaskAsync(WorkflowTaskToOffer task, PollerFacts poller)
    {
        if (services.Namespaces.ById(task.Run.NamespaceId) is not { } space)
            return null;
        using var locked = await LockAsync(task.Run.NamespaceId, task.Run.WorkflowId, CancellationToken.None);
        if (await locked.FindAsync(task.Run.RunId, CancellationToken.None) is not { } run)
            return null;
        var (started, _) = await ChangeAsync(locked, run, space, t => t.StartWorkflowTask(task, poller));
        return started is null ? null : publisher.Ready(task.Run, started, run.Tail);
    }

    private async Task<object?> StartActivityAsync(ActivityTaskToOffer task, PollerFacts poller)
    {
        if (services.Namespaces.ById(task.Run.NamespaceId) is not { } space)
            return null;
        using var locked = await LockAsync(task.Run.NamespaceId, task.Run.WorkflowId, CancellationToken.None);
        if (await locked.FindAsync(task.Run.RunId, CancellationToken.None) is not { } run)
            return null;
        var (started, _) = await ChangeAsync(locked, run, space, t => t.StartActivity(task, poller));
        return started is null ? null : new ReadyActivityTask(task.Run, started);
    }
}

/// <summary>What a worker gets for its answer to a workflow task.</summary>
/// <param name="ResetHistoryEventId">To which event it must fall back; 0 if not at all.</param>
/// <param name="Next">The next workflow task, if it asked for it and there is one.</param>
/// <param name="Activities">Activities that it executes eagerly.</param>
internal sealed record AnsweredWorkflowTask(long ResetHistoryEventId, ReadyWorkflowTask? Next, IReadOnlyList<ReadyActivityTask> Activities);
