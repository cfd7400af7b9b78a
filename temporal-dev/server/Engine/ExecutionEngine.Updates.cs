using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Update.V1;
using Temporalio.DevServer.Frontend;

namespace Temporalio.DevServer.Engine;

internal sealed partial class ExecutionEngine
{
    /// <summary>How often an update follows a workflow id from run to run: one that continues as new for ever must not hold its caller for ever.</summary>
    private const int MaxRunsOfUpdate = 10;

    /// <summary>
    /// Asks a run for an update, or joins the one of that id, and waits softly for a stage. Where no run is named and the run closes to go on as another, that one
    /// is asked.
    /// </summary>
    /// <returns>The run and how far the update has come.</returns>
    public async Task<(RunKey Run, UpdateProgress Progress)> UpdateAsync(
        NamespaceFacts space, UpdateWorkflowExecutionRequest request, UpdateWorkflowExecutionLifecycleStage stage, CancellationToken cancellationToken)
    {
        for (var runs = 1; ; runs++)
        {
            try
            {
                return await UpdateRunAsync(space, request, stage, cancellationToken);
            }
            catch (RpcRefusal e) when (IsContinued(e) && request.WorkflowExecution.RunId.Length == 0 && runs < MaxRunsOfUpdate)
            {
                // The next run is there already: it was committed together with the end of this one.
            }
        }
    }

    private static bool IsContinued(RpcRefusal refusal) => refusal.Detail is ResourceExhaustedFailure { Cause: ResourceExhaustedCause.BusyWorkflow };

    private async Task<(RunKey Run, UpdateProgress Progress)> UpdateRunAsync(
        NamespaceFacts space, UpdateWorkflowExecutionRequest request, UpdateWorkflowExecutionLifecycleStage stage, CancellationToken cancellationToken)
    {
        RunKey run;
        UpdateProgress progress;
        UpdateBoard.Waiter waiter;
        using (var locked = await LockAsync(space.Id, request.WorkflowExecution.WorkflowId, cancellationToken))
        {
            var loaded = await locked.RequireAsync(request.WorkflowExecution.RunId, cancellationToken);
            RequireFirstRun(loaded.State, request.FirstExecutionRunId);
            run = loaded.State.Run;
            waiter = services.Updates.Begin(run, request.Request.Meta.UpdateId);
            try
            {
                progress = (await ChangeAsync(locked, loaded, space, t => t.AdmitUpdate(request.Request))).Answer.Progress;
            }
            catch
            {
                waiter.Dispose();
                throw;
            }
        }

        using (waiter)
            return (run, await ReachAsync(waiter, progress, stage, cancellationToken));
    }

    /// <summary>Waits softly for a stage of an update that was asked for before; null if the run does not know it.</summary>
    public async Task<(RunKey Run, UpdateProgress? Progress)> PollUpdateAsync(
        NamespaceFacts space, UpdateRef update, UpdateWorkflowExecutionLifecycleStage stage, CancellationToken cancellationToken)
    {
        RunKey run;
        UpdateProgress? progress;
        UpdateBoard.Waiter waiter;
        using (var locked = await LockAsync(space.Id, update.WorkflowExecution.WorkflowId, cancellationToken))
        {
            var state = (await locked.RequireAsync(update.WorkflowExecution.RunId, cancellationToken)).State;
            run = state.Run;
            progress = state.FindUpdate(update.UpdateId);
            waiter = services.Updates.Begin(run, update.UpdateId);
        }

        using (waiter)
            return (run, progress is null ? null : await ReachAsync(waiter, progress, stage, cancellationToken));
    }

    /// <summary>Waits until an update has reached a stage or the soft limit; what has been lost is thrown.</summary>
    internal async Task<UpdateProgress> ReachAsync(UpdateBoard.Waiter waiter, UpdateProgress progress, UpdateWorkflowExecutionLifecycleStage stage, CancellationToken cancellationToken)
    {
        using var soft = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soft.CancelAfter(services.Options.SoftWait);
        while (progress.Lost is null && progress.Stage < stage)
        {
            try
            {
                progress = await waiter.NextAsync(soft.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return progress;
            }
            catch (System.Threading.Channels.ChannelClosedException e) when (e.InnerException is { } reason)
            {
                throw reason is RpcRefusal ? reason : new StoreUnavailableException(reason.Message, reason);
            }
        }

        return progress.Lost is { } lost ? throw lost : progress;
    }

    /// <summary>Starts an execution and asks it for an update in one transaction, or asks the one that the policies mean.</summary>
    /// <exception cref="RpcRefusal">With one status per operation.</exception>
    public async Task<(StartedRun Started, RunKey Run, UpdateProgress Progress)> UpdateWithStartAsync(
        NamespaceFacts space, StartWorkflowExecutionRequest start, UpdateWorkflowExecutionRequest update, UpdateWorkflowExecutionLifecycleStage stage, CancellationToken cancellationToken)
    {
        StartedRun started;
        RunKey run;
        UpdateProgress progress;
        UpdateBoard.Waiter waiter;
        using (var locked = await LockAsync(space.Id, start.WorkflowId, cancellationToken))
        {
            var current = await locked.CurrentAsync(cancellationToken);
            var existing = current is not null && MeansExisting(start, current) ? await locked.RequireAsync(current.RunId, cancellationToken) : null;
            existing ??= await WithKnownUpdateAsync(locked, current, update, cancellationToken);
            var runId = existing?.State.Run.RunId ?? services.Ids.NewUuid();
            run = new RunKey(space.Id, start.WorkflowId, runId);
            waiter = services.Updates.Begin(run, update.Request.Meta.UpdateId);
            try
            {
                (started, progress) = existing is not null
                    ? await UpdateExistingAsync(locked, existing, space, start, update)
                    : await BeginWithUpdateAsync(locked, space, runId, start, update, current, cancellationToken);
            }
            catch
            {
                waiter.Dispose();
                throw;
            }
        }

        using (waiter)
            return (started, run, await ReachAsync(waiter, progress, stage, cancellationToken));
    }

    private static bool MeansExisting(StartWorkflowExecutionRequest start, CurrentRun current) =>
        IsOpen(current.Status) && (current.StartRequestId == start.RequestId || start.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.UseExisting);

    /// <summary>A closed run that has this very update: a repeated request gets its outcome rather than a second run.</summary>
    private static async Task<LoadedRun?> WithKnownUpdateAsync(LockedWorkflow locked, CurrentRun? current, UpdateWorkflowExecutionRequest update, CancellationToken cancellationToken)
    {
        if (current is null || IsOpen(current.Status) || await locked.FindAsync(current.RunId, cancellationToken) is not { } closed)
            return null;
        return closed.State.FindUpdate(update.Request.Meta.UpdateId) is { Outcome: not null } ? closed : null;
    }

    private async Task<(StartedRun Started, UpdateProgress Progress)> UpdateExistingAsync(
        LockedWorkflow locked, LoadedRun existing, NamespaceFacts space, StartWorkflowExecutionRequest start, UpdateWorkflowExecutionRequest update)
    {
        var state = existing.State;
        var (admitted, _) = await ChangeAsync(locked, existing, space, t => MultiOperationCheck.Of(1, () => t.AdmitUpdate(update.Request)));
        var isNew = state.StartRequestId == start.RequestId;
        return (new StartedRun(state.Run.RunId, isNew, state.Status, state.Started.FirstExecutionRunId), admitted.Progress);
    }

    private async Task<(StartedRun Started, UpdateProgress Progress)> BeginWithUpdateAsync(
        LockedWorkflow locked,
        NamespaceFacts space,
        string runId,
        StartWorkflowExecutionRequest start,
        UpdateWorkflowExecutionRequest update,
        CurrentRun? current,
        CancellationToken cancellationToken)
    {
        var running = current is not null && IsOpen(current.Status) ? await locked.RequireAsync(current.RunId, cancellationToken) : null;
        Transition? terminated = null;
        try
        {
            if (running is not null)
                terminated = MultiOperationCheck.Of(0, () => Replace(running, space, start, runId));
            else if (current is not null)
                MultiOperationCheck.Of(0, () => RequireReuse(current, start));
            var begin = MultiOperationCheck.Of(0, () => New(new StartFacts(runId, start) { ReplacesRunId = current?.RunId }, space));
            var admitted = MultiOperationCheck.Of(1, () => begin.AdmitUpdate(update.Request));
            await locked.CommitAsync(terminated is null ? [begin] : [terminated, begin]);
            return (new StartedRun(runId, IsNew: true, WorkflowExecutionStatus.Running, runId), admitted.Progress);
        }
        catch (RpcRefusal e) when (terminated is not null)
        {
            // What was to be replaced has been terminated in memory only.
            locked.Drop(terminated.State.Run, e);
            throw;
        }
    }
}
