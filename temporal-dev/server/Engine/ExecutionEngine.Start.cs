using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Engine;

internal sealed partial class ExecutionEngine
{
    /// <summary>Starts an execution, or finds the one that the policies of the request mean.</summary>
    /// <param name="space">Its namespace.</param>
    /// <param name="request">Checked and with its defaults filled in.</param>
    /// <param name="extras">What comes with it.</param>
    /// <param name="cancellationToken">Gives up waiting for the workflow id; a start that has begun is finished.</param>
    /// <exception cref="RpcRefusal">The policies forbid it (AlreadyExists with the detail that clients look for).</exception>
    public async Task<StartedRun> StartAsync(NamespaceFacts space, StartWorkflowExecutionRequest request, StartExtras extras, CancellationToken cancellationToken)
    {
        using var locked = await LockAsync(space.Id, request.WorkflowId, cancellationToken);
        var current = await locked.CurrentAsync(cancellationToken);
        if (current is not null && current.StartRequestId == request.RequestId)
            return await RepeatAsync(locked, space, current, request, cancellationToken);
        Transition? terminated = null;
        var runId = extras.RunId ?? services.Ids.NewUuid();
        if (current is not null && IsOpen(current.Status))
        {
            var running = await locked.RequireAsync(current.RunId, cancellationToken);
            if (request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.UseExisting)
                return await UseAsync(locked, running, space, request, extras);
            terminated = Replace(running, space, request, runId);
        }
        else if (current is not null)
        {
            RequireReuse(current, request);
        }

        return await BeginAsync(locked, space, request, extras, runId, current, terminated);
    }

    internal static bool IsOpen(WorkflowExecutionStatus status) => status is WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Paused;

    internal static RpcRefusal AlreadyStarted(string message, CurrentRun current) =>
        new(StatusCode.AlreadyExists, message, new WorkflowExecutionAlreadyStartedFailure { RunId = current.RunId, StartRequestId = current.StartRequestId });

    /// <summary>The reuse policy, where the last run has closed.</summary>
    internal static bool RequireReuse(CurrentRun current, StartWorkflowExecutionRequest request)
    {
        var ids = $"WorkflowId: {request.WorkflowId}, RunId: {current.RunId}.";
        switch (request.WorkflowIdReusePolicy)
        {
            case WorkflowIdReusePolicy.RejectDuplicate:
                throw AlreadyStarted($"Workflow execution already finished. {ids} Workflow Id reuse policy: reject duplicate workflow Id.", current);
            case WorkflowIdReusePolicy.AllowDuplicateFailedOnly when current.Status is WorkflowExecutionStatus.Completed or WorkflowExecutionStatus.ContinuedAsNew:
                throw AlreadyStarted($"Workflow execution already finished successfully. {ids} Workflow Id reuse policy: allow duplicate workflow Id if last run failed.", current);
            default:
                return true;
        }
    }

    /// <summary>The same request again: the same answer.</summary>
    private async Task<StartedRun> RepeatAsync(LockedWorkflow locked, NamespaceFacts space, CurrentRun current, StartWorkflowExecutionRequest request, CancellationToken cancellationToken)
    {
        var run = await locked.RequireAsync(current.RunId, cancellationToken);
        var answer = new StartedRun(current.RunId, IsNew: true, run.State.Status, run.State.Started.FirstExecutionRunId);
        if (!request.RequestEagerExecution || run.State.WaitingTasks() is not [WorkflowTaskToOffer { ScheduledEventId: 2 } first])
            return answer;
        var eager = new EagerStart(publisher, request);
        await ChangeAsync(locked, run, space, t => eager.TryTake(t, first));
        return answer with { EagerTask = eager.Ready(run) };
    }

    /// <summary>Conflict policy USE_EXISTING: the open run, with what the request attaches to it.</summary>
    private async Task<StartedRun> UseAsync(LockedWorkflow locked, LoadedRun running, NamespaceFacts space, StartWorkflowExecutionRequest request, StartExtras extras)
    {
        await ChangeAsync(locked, running, space, t =>
        {
            if (request.OnConflictOptions is not null)
                t.AttachStart(request);
            return extras.Signal is null || t.Signal(extras.Signal);
        });
        return new StartedRun(running.State.Run.RunId, IsNew: false, running.State.Status, running.State.Started.FirstExecutionRunId);
    }

    /// <summary>Conflict policies other than USE_EXISTING: the open run ends or the start is refused.</summary>
    private Transition Replace(LoadedRun running, NamespaceFacts space, StartWorkflowExecutionRequest request, string runId)
    {
        var state = running.State;
        var terminate = request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.TerminateExisting;
        if (!terminate)
        {
            throw AlreadyStarted(
                $"Workflow execution is already running. WorkflowId: {request.WorkflowId}, RunId: {state.Run.RunId}.",
                new CurrentRun(state.Run.RunId, state.Status, state.StartRequestId, state.StartTime));
        }

        var transition = new Transition(state, services.Context(space));
        transition.Terminate("TerminateIfRunning WorkflowIdReusePolicy", PayloadFacts.Text($"terminated by new runID: {runId}"), ServerIdentity, []);
        return transition;
    }

    private Transition New(StartFacts facts, NamespaceFacts space)
    {
        try
        {
            return Transition.Start(facts, services.Context(space));
        }
        catch (InvalidSearchAttributesException e)
        {
            throw RpcRefusal.InvalidArgument(e.Message);
        }
    }

    private async Task<StartedRun> BeginAsync(
        LockedWorkflow locked, NamespaceFacts space, StartWorkflowExecutionRequest request, StartExtras extras, string runId, CurrentRun? current, Transition? terminated)
    {
        var facts = new StartFacts(runId, request)
        {
            ReplacesRunId = current?.RunId,
            Parent = extras.Parent,
            Signal = extras.Signal,
            EagerAccepted = request.RequestEagerExecution,
        };
        Transition start;
        var eager = new EagerStart(publisher, request);
        try
        {
            start = New(facts, space);
            if (request.RequestEagerExecution && start.Offers.OfType<WorkflowTaskToOffer>().FirstOrDefault() is { } first)
                eager.TryTake(start, first);
        }
        catch (Exception e) when (terminated is not null)
        {
            // What was to be replaced has been terminated in memory only.
            locked.Drop(terminated.State.Run, e);
            throw;
        }

        await locked.CommitAsync(terminated is null ? [start] : [terminated, start], extras.Documents);
        var run = await locked.RequireAsync(facts.RunId, CancellationToken.None);
        return new StartedRun(facts.RunId, IsNew: true, WorkflowExecutionStatus.Running, run.State.Started.FirstExecutionRunId, eager.Ready(run));
    }
}

/// <summary>What may come with a start.</summary>
internal sealed record StartExtras
{
    public static readonly StartExtras None = new();

    /// <summary>The parent of a child workflow.</summary>
    public ParentFacts? Parent { get; init; }

    /// <summary>Signal-with-start: for the open run, or recorded right after the start.</summary>
    public SignalFacts? Signal { get; init; }

    /// <summary>The run id to begin with, for whoever must write it down in the same transaction; null for a fresh one.</summary>
    public string? RunId { get; init; }

    /// <summary>Written in the same transaction as the new run: a schedule, for example. Not written if an existing run is used.</summary>
    public IReadOnlyList<DocumentWrite> Documents { get; init; } = [];
}

/// <summary>What came of a start.</summary>
/// <param name="RunId">The run.</param>
/// <param name="IsNew">Whether this request began it, now or at an earlier try; false: it ran already.</param>
/// <param name="Status">Its status.</param>
/// <param name="FirstRunId">The first run of its chain.</param>
/// <param name="EagerTask">The first workflow task, for a caller who takes it with the answer.</param>
internal sealed record StartedRun(string RunId, bool IsNew, WorkflowExecutionStatus Status, string FirstRunId, ReadyWorkflowTask? EagerTask = null);

/// <summary>Eager workflow start: the first workflow task goes to the caller, who is the worker, with the answer to the start.</summary>
internal sealed class EagerStart(Publisher publisher, StartWorkflowExecutionRequest request)
{
    private StartedWorkflowTask? started;

    /// <summary>Starts the task within the transition; false if it cannot be.</summary>
    public bool TryTake(Transition transition, WorkflowTaskToOffer task)
    {
        started = transition.StartWorkflowTask(task, new PollerFacts(request.Identity, request.TaskQueue.Name, IsSticky: false, request.EagerWorkerDeploymentOptions));
        return started is not null;
    }

    /// <summary>What to answer after the commit, or null.</summary>
    public ReadyWorkflowTask? Ready(LoadedRun run) => started is null ? null : publisher.Ready(run.State.Run, started, run.Tail);
}
