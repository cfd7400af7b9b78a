using System.Buffers.Binary;

namespace Temporalio.DevServer.Executions;

// What others must be told, as far as it follows from the state.
internal sealed partial class ExecutionState
{
    /// <summary>The topmost ancestor, or the run itself.</summary>
    internal WorkflowExecution Root => Started.RootWorkflowExecution ?? new WorkflowExecution { WorkflowId = Run.WorkflowId, RunId = Run.RunId };

    private readonly HashSet<string> announced = new(StringComparer.Ordinal);

    /// <summary>What others must be told and have not been told of since the run was loaded.</summary>
    internal IReadOnlyList<Effect> NewEffects(string namespaceName)
    {
        if (!HasEffects)
            return [];
        var known = announced.Count == 0 ? null : new HashSet<string>(announced, StringComparer.Ordinal);
        var effects = UndeliveredEffects(namespaceName);
        return known is null ? effects : [.. effects.Where(e => !known.Contains(e.Id))];
    }

    /// <summary>What others must still be told: all of it, to be delivered again after a load.</summary>
    /// <param name="namespaceName">The run's namespace.</param>
    public IReadOnlyList<Effect> UndeliveredEffects(string namespaceName)
    {
        if (!HasEffects)
            return [];
        var effects = new List<Effect>();
        foreach (var (initiated, child) in Children)
        {
            if (IsOpen ? child.StartedEventId == 0 : ChildrenToStart.Contains(initiated))
                effects.Add(StartChild(child, namespaceName));
        }

        if (IsOpen)
        {
            foreach (var signal in SignalsOut.Values)
                effects.Add(Signal(signal, namespaceName));
            foreach (var cancel in CancelsOut.Values)
                effects.Add(Cancel(cancel, namespaceName));
        }

        if (NotifyParentPending && CloseEvent is { } closeEvent)
        {
            effects.Add(new NotifyParentEffect
            {
                Id = EffectIds.NotifyParent,
                Source = Run,
                NamespaceName = Started.ParentWorkflowNamespace,
                Parent = new RunKey(Started.ParentWorkflowNamespaceId, Started.ParentWorkflowExecution.WorkflowId, Started.ParentWorkflowExecution.RunId),
                InitiatedEventId = Started.ParentInitiatedEventId,
                CloseEvent = closeEvent,
            });
        }

        foreach (var child in ChildrenToClose.Values)
        {
            effects.Add(new CloseChildEffect
            {
                Id = EffectIds.CloseChild(child.InitiatedEventId),
                Source = Run,
                NamespaceName = child.Namespace,
                Child = child.Child,
                Policy = (ParentClosePolicy)child.Policy,
            });
        }

        foreach (var effect in effects)
            announced.Add(effect.Id);
        return effects;
    }

    private StartChildEffect StartChild(ChildState child, string namespaceName)
    {
        var initiated = child.Initiated;
        return new StartChildEffect
        {
            Id = EffectIds.StartChild(child.InitiatedEvent.EventId),
            Source = Run,
            NamespaceName = initiated.Namespace,
            Parent = new ParentFacts(
                namespaceName, Run.NamespaceId, new WorkflowExecution { WorkflowId = Run.WorkflowId, RunId = Run.RunId }, child.InitiatedEvent.EventId, Root),
            Start = new StartWorkflowExecutionRequest
            {
                Namespace = initiated.Namespace,
                WorkflowId = initiated.WorkflowId,
                WorkflowType = initiated.WorkflowType,
                TaskQueue = initiated.TaskQueue,
                Input = initiated.Input,
                Header = initiated.Header,
                WorkflowExecutionTimeout = initiated.WorkflowExecutionTimeout,
                WorkflowRunTimeout = initiated.WorkflowRunTimeout,
                WorkflowTaskTimeout = initiated.WorkflowTaskTimeout,
                WorkflowIdReusePolicy = initiated.WorkflowIdReusePolicy,
                WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.Fail,
                RequestId = RequestId(child.InitiatedEvent.EventId),
                RetryPolicy = initiated.RetryPolicy,
                CronSchedule = initiated.CronSchedule,
                Memo = initiated.Memo,
                SearchAttributes = initiated.SearchAttributes,
                UserMetadata = child.InitiatedEvent.UserMetadata,
                Priority = initiated.Priority ?? Priority,
                VersioningOverride = initiated.VersioningOverride,
            },
        };
    }

    private SignalExternalEffect Signal(ExternalState signal, string namespaceName)
    {
        var initiated = signal.Initiated.SignalExternalWorkflowExecutionInitiatedEventAttributes;
        return new SignalExternalEffect
        {
            Id = EffectIds.SignalExternal(signal.Initiated.EventId),
            Source = Run,
            NamespaceName = initiated.Namespace.Length > 0 ? initiated.Namespace : namespaceName,
            Target = initiated.WorkflowExecution,
            ChildOnly = initiated.ChildWorkflowOnly,
            Signal = new SignalFacts(
                initiated.SignalName, initiated.Input, "history-service", RequestId(signal.Initiated.EventId), initiated.Header, [],
                new WorkflowExecution { WorkflowId = Run.WorkflowId, RunId = Run.RunId }),
        };
    }

    private CancelExternalEffect Cancel(ExternalState cancel, string namespaceName)
    {
        var initiated = cancel.Initiated.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes;
        return new CancelExternalEffect
        {
            Id = EffectIds.CancelExternal(cancel.Initiated.EventId),
            Source = Run,
            NamespaceName = initiated.Namespace.Length > 0 ? initiated.Namespace : namespaceName,
            Target = initiated.WorkflowExecution,
            ChildOnly = initiated.ChildWorkflowOnly,
            Cancel = new CancelFacts(
                initiated.Reason, "history-service", RequestId(cancel.Initiated.EventId), [],
                new WorkflowExecution { WorkflowId = Run.WorkflowId, RunId = Run.RunId }, cancel.Initiated.EventId),
        };
    }

    /// <summary>A UUID that is the same at every delivery: the run's own with the event's number mixed in.</summary>
    private string RequestId(long eventId)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.Parse(Run.RunId).TryWriteBytes(bytes);
        var tail = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], tail ^ eventId);
        return new Guid(bytes).ToString("D");
    }
}
