using Grpc.Core;

namespace Temporalio.DevServer.Engine;

// What runs want of each other. Never two locks at once: first the receiver, then the source.
internal sealed partial class ExecutionEngine
{
    /// <summary>As whom the server itself acts (temporalio/temporal, consts.IdentityHistoryService).</summary>
    private const string ServerIdentity = "history-service";

    private Task DeliverAsync(Effect effect) => effect switch
    {
        StartChildEffect e => StartChildAsync(e),
        SignalExternalEffect e => SignalExternalAsync(e),
        CancelExternalEffect e => CancelExternalAsync(e),
        NotifyParentEffect e => NotifyParentAsync(e),
        CloseChildEffect e => CloseChildAsync(e),
        _ => throw new InvalidOperationException($"No such effect: {effect.GetType().Name}."),
    };

    private async Task StartChildAsync(StartChildEffect effect)
    {
        if (services.Namespaces.ByName(effect.NamespaceName) is not { } space)
        {
            await TellSourceAsync(effect, t => t.ChildStartFailed(effect.Id, StartChildWorkflowExecutionFailedCause.NamespaceNotFound));
            return;
        }

        try
        {
            var started = await StartAsync(space, effect.Start, new StartExtras { Parent = effect.Parent }, CancellationToken.None);
            await TellSourceAsync(effect, t => t.ChildStarted(effect.Id, started.RunId));
        }
        catch (RpcRefusal e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            await TellSourceAsync(effect, t => t.ChildStartFailed(effect.Id, StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists));
        }
        catch (RpcRefusal)
        {
            // The command was checked when it was taken; what is refused nevertheless will not do better later.
            await TellSourceAsync(effect, t => t.ChildStartFailed(effect.Id, StartChildWorkflowExecutionFailedCause.Unspecified));
        }
    }

    private async Task SignalExternalAsync(SignalExternalEffect effect)
    {
        var cause = SignalExternalWorkflowExecutionFailedCause.Unspecified;
        if (services.Namespaces.ByName(effect.NamespaceName) is not { } space)
        {
            cause = SignalExternalWorkflowExecutionFailedCause.NamespaceNotFound;
        }
        else
        {
            try
            {
                await ChangeAsync(space, effect.Target.WorkflowId, effect.Target.RunId, t => Signal(t, effect), CancellationToken.None);
            }
            catch (RpcRefusal e)
            {
                cause = e.StatusCode == StatusCode.NotFound
                    ? SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound
                    : SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded;
            }
        }

        await TellSourceAsync(effect, t => t.ExternalSignalEnded(effect.Id, cause));
    }

    private static string Signal(Transition transition, SignalExternalEffect effect)
    {
        RequireChild(transition.State, effect.Source, effect.ChildOnly);
        transition.Signal(effect.Signal);
        return transition.State.Run.RunId;
    }

    private async Task CancelExternalAsync(CancelExternalEffect effect)
    {
        var cause = CancelExternalWorkflowExecutionFailedCause.Unspecified;
        if (services.Namespaces.ByName(effect.NamespaceName) is not { } space)
        {
            cause = CancelExternalWorkflowExecutionFailedCause.NamespaceNotFound;
        }
        else
        {
            try
            {
                await ChangeAsync(space, effect.Target.WorkflowId, effect.Target.RunId, t => Cancel(t, effect), CancellationToken.None);
            }
            catch (RpcRefusal)
            {
                cause = CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound;
            }
        }

        await TellSourceAsync(effect, t => t.ExternalCancelEnded(effect.Id, cause));
    }

    private static string Cancel(Transition transition, CancelExternalEffect effect)
    {
        RequireChild(transition.State, effect.Source, effect.ChildOnly);
        if (transition.State.IsOpen)
            transition.RequestCancel(effect.Cancel);
        return transition.State.Run.RunId;
    }

    private async Task NotifyParentAsync(NotifyParentEffect effect)
    {
        if (services.Namespaces.ById(effect.Parent.NamespaceId) is { } space)
        {
            using var locked = await LockAsync(effect.Parent.NamespaceId, effect.Parent.WorkflowId, CancellationToken.None);
            if (await FindParentAsync(locked, effect.Parent.RunId) is { State.IsOpen: true } parent)
            {
                var child = new WorkflowExecution { WorkflowId = effect.Source.WorkflowId, RunId = effect.Source.RunId };
                await ChangeAsync(locked, parent, space, t => t.ChildClosed(effect.InitiatedEventId, child, effect.CloseEvent));
            }
        }

        await TellSourceAsync(effect, t => t.EffectDelivered(effect.Id));
    }

    /// <summary>The run that waits for the child: the parent, or the one that it was reset to, which has taken its children over.</summary>
    private static async Task<LoadedRun?> FindParentAsync(LockedWorkflow locked, string runId)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var parent = await locked.FindAsync(runId, CancellationToken.None);
        while (parent is { State: { IsOpen: false, ResetRunId: { Length: > 0 } next } } && seen.Add(next))
            parent = await locked.FindAsync(next, CancellationToken.None);
        return parent;
    }

    private async Task CloseChildAsync(CloseChildEffect effect)
    {
        if (services.Namespaces.ByName(effect.NamespaceName) is { } space)
        {
            try
            {
                await ChangeAsync(space, effect.Child.WorkflowId, "", t => CloseChild(t, effect), CancellationToken.None);
            }
            catch (RpcRefusal e) when (e.StatusCode == StatusCode.NotFound)
            {
                // The child is closed or gone: that is what was wanted.
            }
        }

        await TellSourceAsync(effect, t => t.EffectDelivered(effect.Id));
    }

    private static bool CloseChild(Transition transition, CloseChildEffect effect)
    {
        RequireChild(transition.State, effect.Source, childOnly: true);
        RequireFirstRun(transition.State, effect.Child.RunId);
        if (effect.Policy == ParentClosePolicy.Terminate)
        {
            transition.Terminate("by parent close policy", null, ServerIdentity, []);
            return true;
        }

        var parent = new WorkflowExecution { WorkflowId = effect.Source.WorkflowId, RunId = effect.Source.RunId };
        return transition.RequestCancel(new CancelFacts("", ServerIdentity, $"{effect.Source.RunId}-{effect.Id}", [], parent));
    }

    private static void RequireChild(ExecutionState state, RunKey parent, bool childOnly)
    {
        if (childOnly && (state.Started.ParentWorkflowExecution?.WorkflowId != parent.WorkflowId || state.Started.ParentWorkflowExecution.RunId != parent.RunId))
            throw RpcRefusal.NotFound("workflow execution not found");
    }

    /// <summary>A caller may name the first run of a chain, and then means whichever run of it is current.</summary>
    internal static void RequireFirstRun(ExecutionState state, string firstRunId)
    {
        if (firstRunId.Length > 0 && state.Started.FirstExecutionRunId != firstRunId)
            throw RpcRefusal.NotFound("workflow execution not found");
    }

    /// <summary>Records an effect's outcome at its source; a source that is gone needs none.</summary>
    private async Task TellSourceAsync(Effect effect, Action<Transition> outcome)
    {
        if (services.Namespaces.ById(effect.Source.NamespaceId) is not { } space)
            return;
        using var locked = await LockAsync(effect.Source.NamespaceId, effect.Source.WorkflowId, CancellationToken.None);
        if (await locked.FindAsync(effect.Source.RunId, CancellationToken.None) is not { } source)
            return;
        await ChangeAsync(locked, source, space, outcome);
    }
}
