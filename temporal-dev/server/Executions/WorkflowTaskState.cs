using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>The workflow task that is scheduled or started.</summary>
internal sealed class WorkflowTaskState
{
    /// <summary>Its scheduled event; for a transient or speculative task the id that event would get.</summary>
    public required long ScheduledEventId { get; set; }

    /// <summary>Its started event, or 0 while it waits.</summary>
    public long StartedEventId { get; set; }

    /// <summary>From 1; more than 1: transient, its events are written on completion only.</summary>
    public required int Attempt { get; set; }

    public required DateTimeOffset ScheduledTime { get; set; }

    /// <summary>Of the first task of a chain of forced ones (a worker that keeps its task alive).</summary>
    public required DateTimeOffset OriginalScheduledTime { get; set; }

    public DateTimeOffset StartedTime { get; set; }

    public required TimeSpan Timeout { get; set; }

    public string RequestId { get; set; } = "";

    public string Identity { get; set; } = "";

    public WorkerVersionStamp? Version { get; set; }

    public long HistorySizeBytes { get; set; }

    public bool SuggestContinueAsNew { get; set; }

    public IReadOnlyList<SuggestContinueAsNewReason> SuggestReasons { get; set; } = [];

    /// <summary>Made for an update: nothing of it is stored unless it has to be.</summary>
    public bool IsSpeculative { get; set; }

    /// <summary>When it goes back to the normal queue if the worker of the sticky one has not taken it; in memory only.</summary>
    public DateTimeOffset? StickyDue { get; set; }

    public bool IsStarted => StartedEventId != 0;

    public bool IsTransient => Attempt > 1;

    /// <summary>When it times out, or null while it waits in a normal queue.</summary>
    public DateTimeOffset? Due => IsStarted ? StartedTime + Timeout : StickyDue;
}
