using Temporalio.Api.Query.V1;
using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Engine;

/// <summary>
/// Tells the rest of the server what a run wants: tasks to the task queues, due times to the clock, effects to other runs, news to those who wait. Called under
/// the run's lock, after the commit.
/// </summary>
internal sealed class Publisher(EngineServices services)
{
    /// <summary>How soon a run whose last commit failed is looked at again.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Takes effects to be delivered. Set once, before anything is published.</summary>
    public Action<IReadOnlyList<Effect>> Deliveries { get; set; } = _ => throw new InvalidOperationException("The engine is not complete.");

    /// <summary>Raised when a run has closed: for schedules, which wait for what they started. Called under the run's lock: do nothing here that waits.</summary>
    public event Action<RunKey, WorkflowExecutionStatus>? Closed;

    /// <summary>Starts tasks of a transition for pollers that wait already.</summary>
    public void MatchWaitingPollers(Transition transition, List<SyncMatch> matches)
    {
        for (var i = 0; i < transition.Offers.Count;)
        {
            var offer = transition.Offers[i];
            if (services.Matcher.TryTakePoller(QueueOf(offer)) is not { } poller)
            {
                i++;
                continue;
            }

            if (Start(transition, offer, poller) is { } match)
                matches.Add(match);
            else
                services.Matcher.Return(poller);
            // A started offer is gone from the list; a stale one stays and is passed over.
            if (i < transition.Offers.Count && ReferenceEquals(transition.Offers[i], offer))
                i++;
        }
    }

    /// <summary>Hands a started task to its poller.</summary>
    public void Deliver(SyncMatch match, HistoryTail tail) =>
        match.Poller.Give(match.Workflow is { } task ? Ready(match.Run, task, tail) : new ReadyActivityTask(match.Run, match.Activity!));

    /// <summary>A started workflow task with what goes along.</summary>
    public ReadyWorkflowTask Ready(RunKey run, StartedWorkflowTask started, HistoryTail tail) =>
        new(run, started, tail.Slice(started.HistoryFrom, started.HistoryTo), services.Queries.Attach(run));

    /// <summary>Tells what a committed transition has done.</summary>
    public void Publish(TransitionResult result)
    {
        // Who waits for the end of a run may have something to begin now: time must not skip over it.
        using var hold = result.Closed ? services.Clock.Hold() : null;
        if (result.Closed)
            services.Matcher.TakeBack(result.Run);
        Wait(result.State);
        foreach (var task in result.Tasks)
            services.Matcher.Offer(QueueOf(task), task);
        if (result.Effects.Count > 0)
            Deliveries(result.Effects);
        services.Updates.Publish(result.Run, result.Updates);
        if (result.Closed || (result.WorkflowTaskEnded && result.State.QueryFacts.MayAskDirectly))
            services.Queries.Release(result.Run);
        services.Changes.Notify(result.Run, result.Closed);
        if (result.Closed)
            Closed?.Invoke(result.Run, result.Status);
    }

    /// <summary>A run has come from the store: everything that waits in it is said again. Whoever has heard it before takes it as the same.</summary>
    public void Loaded(ExecutionState state)
    {
        Wait(state);
        foreach (var task in state.WaitingTasks())
            services.Matcher.Offer(QueueOf(task), task);
        if (services.Namespaces.ById(state.Run.NamespaceId) is { } space && state.UndeliveredEffects(space.Name) is { Count: > 0 } effects)
            Deliveries(effects);
    }

    /// <summary>A run is forgotten while it may have changed: what was only in memory is lost, and it must be loaded soon to say what waits.</summary>
    public void Spoiled(RunKey run, Exception reason)
    {
        services.Updates.Abort(run, reason is StoreUnavailableException ? reason : new StoreUnavailableException("The execution had to be loaded again.", reason));
        services.Queries.Release(run);
        services.Due.Set(run, services.Clock.Now + LookAgain);
        services.Changes.Notify(run, closed: true);
    }

    /// <summary>A run is forgotten for good.</summary>
    public void Deleted(RunKey run)
    {
        services.Due.Set(run, null);
        services.Matcher.TakeBack(run);
        services.Clock.Report(run, isWorking: false);
        services.Queries.Release(run);
        services.Updates.Abort(run, RpcRefusal.NotFound("workflow execution not found"));
        services.Changes.Notify(run, closed: true);
    }

    /// <summary>Where a task waits: a worker's own queue only as long as that worker polls.</summary>
    public QueueKey QueueOf(TaskToOffer task)
    {
        if (task is not WorkflowTaskToOffer workflow)
            return new QueueKey(task.Run.NamespaceId, task.TaskQueue, TaskQueueType.Activity);
        var queue = new QueueKey(task.Run.NamespaceId, task.TaskQueue, TaskQueueType.Workflow);
        return workflow.NormalTaskQueue is { } normal && !services.Matcher.PolledWithin(queue, services.Options.StickyAttended) ? queue with { Name = normal } : queue;
    }

    private static SyncMatch? Start(Transition transition, TaskToOffer offer, Poller poller)
    {
        var run = transition.State.Run;
        switch (offer)
        {
            case WorkflowTaskToOffer task:
                return transition.StartWorkflowTask(task, poller.Facts.Polling(poller.Queue.Name, poller.NormalQueue is not null)) is { } started ? new SyncMatch(poller, run, started, null) : null;
            case ActivityTaskToOffer task:
                return transition.StartActivity(task, poller.Facts.Polling(poller.Queue.Name, isSticky: false)) is { } activity ? new SyncMatch(poller, run, null, activity) : null;
            default:
                throw new InvalidOperationException($"No such task: {offer.GetType().Name}.");
        }
    }

    private void Wait(ExecutionState state)
    {
        // When it is due and whether somebody works for it are one fact in two words: time must not skip between them.
        using var hold = services.Clock.Hold();
        services.Due.Set(state.Run, state.NextDue);
        // Queries that wait do not count: what answers them is a workflow task, which counts itself, or is due and must not be held up by them.
        services.Clock.Report(state.Run, state.IsWorking);
    }
}

/// <summary>A workflow task that is started, committed and on its way to its poller.</summary>
/// <param name="Run">Its run.</param>
/// <param name="Started">What to answer.</param>
/// <param name="Events">The stored events to ship, or null if some of them must be read from the store.</param>
/// <param name="Queries">Queries attached to it, by id.</param>
internal sealed record ReadyWorkflowTask(RunKey Run, StartedWorkflowTask Started, HistoryEvent[]? Events, IReadOnlyList<KeyValuePair<string, WorkflowQuery>> Queries);

/// <summary>An activity task that is started, committed and on its way to its poller.</summary>
/// <param name="Run">Its run.</param>
/// <param name="Started">What to answer.</param>
internal sealed record ReadyActivityTask(RunKey Run, StartedActivity Started);

/// <summary>A task that is started, within the transition that made it, for a poller that waits. Delivered after the commit.</summary>
/// <param name="Poller">Who gets it.</param>
/// <param name="Run">Whose task it is.</param>
/// <param name="Workflow">The workflow task, or null.</param>
/// <param name="Activity">The activity task, or null.</param>
internal sealed record SyncMatch(Poller Poller, RunKey Run, StartedWorkflowTask? Workflow, StartedActivity? Activity);
