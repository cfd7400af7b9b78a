using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage;

/// <summary>What is written together or not at all. No run, workflow id's current run or document appears twice.</summary>
internal sealed record StoreTransaction
{
    /// <summary>Transitions of runs, for example a run that closes and the one it continues as.</summary>
    public IReadOnlyList<RunWrite> Runs { get; init; } = [];

    /// <summary>Small documents, for example the schedule that has started one of the runs.</summary>
    public IReadOnlyList<DocumentWrite> Documents { get; init; } = [];

    /// <summary>Runs to delete with their events, visibility and current pointer. One that is not there is no error.</summary>
    public IReadOnlyList<RunKey> Deletes { get; init; } = [];
}

/// <summary>What one transition of one run leaves behind.</summary>
/// <param name="Run">The run.</param>
/// <param name="ExpectedVersion">The version that the run was loaded with, 0 for a new one. After the commit it is one more.</param>
/// <param name="Append">New events, in order; may be empty.</param>
/// <param name="Extras">Everything acknowledged that is not an event, whole (not a difference).</param>
/// <param name="IsLive">Whether the run must be found at start: open, or closed with effects that are not delivered yet.</param>
/// <param name="NextDue">When the run next has something to do by itself, or null.</param>
/// <param name="HasTasks">Whether tasks wait to be handed out, so that the run must be loaded at start at once.</param>
/// <param name="Visibility">The row that list filters see, or null where nothing that they see has changed.</param>
/// <param name="Current">A change of the workflow id's current run, or null.</param>
/// <param name="RetainUntil">When a closed run may be deleted; null while it is open.</param>
internal sealed record RunWrite(
    RunKey Run,
    long ExpectedVersion,
    IReadOnlyList<HistoryEventBatch> Append,
    byte[] Extras,
    bool IsLive,
    DateTimeOffset? NextDue,
    bool HasTasks,
    VisibilityRow? Visibility,
    CurrentRunChange? Current,
    DateTimeOffset? RetainUntil);

/// <summary>Names one run. <see cref="NamespaceId"/> and <see cref="RunId"/> are UUIDs in their usual lower-case form; the workflow id is any text.</summary>
internal readonly record struct RunKey(string NamespaceId, string WorkflowId, string RunId);

/// <summary>The events of one transition. They were acknowledged together and are read together.</summary>
/// <param name="FirstEventId">Id of the first event; the others follow without a gap.</param>
/// <param name="Count">How many events; at least one.</param>
/// <param name="Events">A serialised temporal.api.history.v1.History. The store never looks inside and never changes it.</param>
internal sealed record HistoryEventBatch(long FirstEventId, int Count, byte[] Events)
{
    /// <summary>The id that the next batch starts with.</summary>
    public long NextEventId => FirstEventId + Count;
}

/// <summary>Moves the pointer from a workflow id to its newest run, or changes that run's status.</summary>
/// <param name="ExpectedRunId">The run that must be the current one, or null if there must be none.</param>
/// <param name="Now">What the pointer says afterwards.</param>
internal sealed record CurrentRunChange(string? ExpectedRunId, CurrentRun Now);

/// <summary>The newest run of a workflow id: enough to apply the conflict and reuse policies without loading the run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">Running, or how it closed.</param>
/// <param name="StartRequestId">The request id that started it: the same request gets the same run.</param>
/// <param name="StartTime">When it started.</param>
internal sealed record CurrentRun(string RunId, WorkflowExecutionStatus Status, string StartRequestId, DateTimeOffset StartTime);

/// <summary>Writes or deletes a document.</summary>
/// <param name="Key">Its name.</param>
/// <param name="ExpectedVersion">The version that must be there: 0 for none, null for whichever. A deletion does not look at it.</param>
/// <param name="Body">The bytes, or null to delete.</param>
internal sealed record DocumentWrite(DocumentKey Key, long? ExpectedVersion, byte[]? Body);

/// <summary>Names a small document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Scope">The namespace id it belongs to, or empty for what belongs to the server.</param>
/// <param name="Name">Its name in the scope, for example a schedule id.</param>
internal readonly record struct DocumentKey(DocumentKind Kind, string Scope, string Name);

/// <summary>What a document is. The numbers are stored: they never change their meaning.</summary>
internal enum DocumentKind : short
{
    /// <summary>One for the server itself: cluster id and the like.</summary>
    Server = 1,
    Namespace = 2,
    SearchAttributes = 3,
    Schedule = 4,
    BatchJob = 5,
}
