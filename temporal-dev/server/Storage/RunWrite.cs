using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage;

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
