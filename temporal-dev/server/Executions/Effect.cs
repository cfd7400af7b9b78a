using System.Globalization;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// What a run wants done to another. Delivered at least once: the receiver knows the second time by its request id, which is the same at every
/// delivery. Never lost: a run says all that are undelivered when it is loaded (<see cref="ExecutionState.UndeliveredEffects"/>).
/// </summary>
internal abstract record Effect
{
    /// <summary>Unique in the source and stable; the verbs that answer an effect name it so and do nothing if it is answered already.</summary>
    public required string Id { get; init; }

    /// <summary>The run that wants it.</summary>
    public required RunKey Source { get; init; }

    /// <summary>The receiver's namespace.</summary>
    public required string NamespaceName { get; init; }
}

/// <summary>Start a child, then tell the source with ChildStarted or ChildStartFailed.</summary>
internal sealed record StartChildEffect : Effect
{
    /// <summary>The start; its request id is the same at every delivery. The conflict policy is FAIL.</summary>
    public required StartWorkflowExecutionRequest Start { get; init; }

    /// <summary>To be handed to the child's start.</summary>
    public required ParentFacts Parent { get; init; }
}

/// <summary>Signal another execution, then tell the source with ExternalSignalEnded.</summary>
internal sealed record SignalExternalEffect : Effect
{
    /// <summary>The receiver; the run id may be empty: the current run.</summary>
    public required WorkflowExecution Target { get; init; }

    /// <summary>Only if the receiver is a child of the source; otherwise it counts as not found.</summary>
    public bool ChildOnly { get; init; }

    /// <summary>What to deliver.</summary>
    public required SignalFacts Signal { get; init; }
}

/// <summary>Ask another execution to cancel, then tell the source with ExternalCancelEnded.</summary>
internal sealed record CancelExternalEffect : Effect
{
    /// <summary>The receiver; the run id may be empty: the current run.</summary>
    public required WorkflowExecution Target { get; init; }

    /// <summary>Only if the receiver is a child of the source; otherwise it counts as not found.</summary>
    public bool ChildOnly { get; init; }

    /// <summary>What to deliver.</summary>
    public required CancelFacts Cancel { get; init; }
}

/// <summary>Tell the parent that the source has closed (<see cref="Transition.ChildClosed"/>), then EffectDelivered at the source, also when the parent is gone.</summary>
internal sealed record NotifyParentEffect : Effect
{
    /// <summary>The parent.</summary>
    public required RunKey Parent { get; init; }

    /// <summary>Names the child within the parent.</summary>
    public required long InitiatedEventId { get; init; }

    /// <summary>The event that closed the source.</summary>
    public required HistoryEvent CloseEvent { get; init; }
}

/// <summary>The source has closed: terminate this child or ask it to cancel, then EffectDelivered at the source, also when the child is gone.</summary>
internal sealed record CloseChildEffect : Effect
{
    /// <summary>The child; the run id is that of its first run: whichever run of that chain is current.</summary>
    public required WorkflowExecution Child { get; init; }

    /// <summary>Terminate or RequestCancel.</summary>
    public required ParentClosePolicy Policy { get; init; }
}

/// <summary>Names of effects within their run: what it is, and the event that wants it.</summary>
internal static class EffectIds
{
    public const string NotifyParent = "notify-parent";

    public static string StartChild(long initiatedEventId) => $"start-child:{initiatedEventId}";

    public static string SignalExternal(long initiatedEventId) => $"signal:{initiatedEventId}";

    public static string CancelExternal(long initiatedEventId) => $"cancel:{initiatedEventId}";

    public static string CloseChild(long initiatedEventId) => $"close-child:{initiatedEventId}";

    /// <summary>The event that wants the effect.</summary>
    public static long EventId(string effectId) => long.Parse(effectId.AsSpan(effectId.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture);
}
