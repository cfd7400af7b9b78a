using Microsoft.Extensions.Logging;
using Temporalio.DevServer.Clock;

namespace Temporalio.DevServer.Engine;

/// <summary>
/// Runs executions: decides who may act on a run, lets the pure state machine decide, commits, and only then tells anybody. All changes of one workflow id
/// happen one after the other, each under its lock until it is durable.
/// </summary>
internal sealed partial class ExecutionEngine : IAsyncDisposable
{
    private const int LoadAtOnce = 16;

    private readonly EngineServices services;
    private readonly Publisher publisher;
    private readonly EffectDispatcher effects;
    private readonly DueLoop<RunKey> dueLoop;

    public ExecutionEngine(EngineServices services)
    {
        this.services = services;
        publisher = new Publisher(services);
        effects = new EffectDispatcher(services, DeliverAsync);
        publisher.Deliveries = effects.Dispatch;
        dueLoop = new DueLoop<RunKey>(services.Due, services.Clock, FireAsync, services.Options.DueAtOnce);
    }

    /// <summary>Raised when a run has closed, after its commit; do nothing in it that waits.</summary>
    public event Action<RunKey, WorkflowExecutionStatus>? Closed
    {
        add => publisher.Closed += value;
        remove => publisher.Closed -= value;
    }

    /// <summary>What the engine's parts share.</summary>
    public EngineServices Services => services;

    /// <summary>
    /// Takes up what the store holds: runs with something to hand out are loaded, all others only noted with the time when they next act.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var loads = new List<RunKey>();
        await foreach (var live in services.Store.ScanLiveRunsAsync(cancellationToken))
        {
            if (live.HasTasks)
                loads.Add(live.Run);
            else
                services.Due.Set(live.Run, live.NextDue);
        }

        await Parallel.ForEachAsync(loads, new ParallelOptions { MaxDegreeOfParallelism = LoadAtOnce, CancellationToken = cancellationToken }, LoadAsync);
        dueLoop.Start();
    }

    public async ValueTask DisposeAsync()
    {
        services.Matcher.Dispose();
        await dueLoop.DisposeAsync();
        await effects.DisposeAsync();
    }

    /// <summary>Waits for a workflow id's lock.</summary>
    public ValueTask<LockedWorkflow> LockAsync(string namespaceId, string workflowId, CancellationToken cancellationToken) =>
        LockedWorkflow.LockAsync(services, publisher, namespaceId, workflowId, cancellationToken);

    /// <summary>Changes a run that exists and returns when that is durable.</summary>
    /// <param name="space">Its namespace.</param>
    /// <param name="workflowId">Its workflow id.</param>
    /// <param name="runId">The run, or empty for the current one.</param>
    /// <param name="verb">What to do; its result is returned.</param>
    /// <param name="cancellationToken">Gives up waiting for the run; a change that has begun is finished.</param>
    /// <exception cref="RpcRefusal">There is no such run, or it refuses.</exception>
    public async Task<T> ChangeAsync<T>(NamespaceFacts space, string workflowId, string runId, Func<Transition, T> verb, CancellationToken cancellationToken)
    {
        using var locked = await LockAsync(space.Id, workflowId, cancellationToken);
        var run = await locked.RequireAsync(runId, cancellationToken);
        return (await ChangeAsync(locked, run, space, verb)).Answer;
    }

    /// <inheritdoc cref="ChangeAsync{T}(NamespaceFacts, string, string, Func{Transition, T}, CancellationToken)" />
    public Task ChangeAsync(NamespaceFacts space, string workflowId, string runId, Action<Transition> verb, CancellationToken cancellationToken) =>
        ChangeAsync(space, workflowId, runId, Answering(verb), cancellationToken);

    /// <summary>Changes a run whose lock is held.</summary>
    internal async Task<(T Answer, TransitionResult Result)> ChangeAsync<T>(LockedWorkflow locked, LoadedRun run, NamespaceFacts space, Func<Transition, T> verb)
    {
        var transition = new Transition(run.State, services.Context(space));
        T answer;
        try
        {
            answer = verb(transition);
        }
        catch (Exception e) when (e is not RpcRefusal)
        {
            locked.Drop(run.State.Run, e);
            throw;
        }

        return (answer, await locked.CommitAsync(transition));
    }

    /// <inheritdoc cref="ChangeAsync{T}(LockedWorkflow, LoadedRun, NamespaceFacts, Func{Transition, T})" />
    internal Task ChangeAsync(LockedWorkflow locked, LoadedRun run, NamespaceFacts space, Action<Transition> verb) => ChangeAsync(locked, run, space, Answering(verb));

    /// <summary>A verb without an answer, as one with an answer that nobody reads.</summary>
    private static Func<Transition, bool> Answering(Action<Transition> verb) => transition =>
    {
        verb(transition);
        return true;
    };

    private async ValueTask LoadAsync(RunKey run, CancellationToken cancellationToken)
    {
        using var locked = await LockAsync(run.NamespaceId, run.WorkflowId, cancellationToken);
        await locked.FindAsync(run.RunId, cancellationToken);
    }

    /// <summary>Does what is due in a run, and sees to it that it is looked at again if that fails.</summary>
    private async Task FireAsync(RunKey key)
    {
        try
        {
            if (services.Namespaces.ById(key.NamespaceId) is not { } space)
                return;
            using var locked = await LockAsync(key.NamespaceId, key.WorkflowId, CancellationToken.None);
            if (await locked.FindAsync(key.RunId, CancellationToken.None) is not { } run)
                return;
            if (run.State.NextDue <= services.Clock.Now)
                await ChangeAsync(locked, run, space, Fire);
            else
                services.Due.Set(key, run.State.NextDue);
        }
        catch (StoreFencedException e)
        {
            services.Options.Fatal(e);
        }
        catch (Exception e)
        {
            LogNotFired(services.Logger, e, key.WorkflowId, key.RunId);
            services.Due.Set(key, services.Clock.Now + TimeSpan.FromSeconds(1));
        }
    }

    private static bool Fire(Transition transition)
    {
        transition.Fire();
        return true;
    }

    [LoggerMessage(EventId = 9502, Level = LogLevel.Warning, Message = "What is due in {WorkflowId} {RunId} could not be done; it is tried again")]
    private static partial void LogNotFired(ILogger logger, Exception exception, string workflowId, string runId);
}
