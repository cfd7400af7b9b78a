using Temporalio.Api.Update.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>A timer that has not fired.</summary>
/// <param name="TimerId">As the workflow named it.</param>
/// <param name="StartedEventId">The event that started it.</param>
/// <param name="Due">When it fires.</param>
internal sealed record TimerState(string TimerId, long StartedEventId, DateTimeOffset Due);

/// <summary>A child that has not closed.</summary>
internal sealed class ChildState(HistoryEvent initiated)
{
    /// <summary>What the workflow wanted.</summary>
    public HistoryEvent InitiatedEvent { get; } = initiated;

    public StartChildWorkflowExecutionInitiatedEventAttributes Initiated => InitiatedEvent.StartChildWorkflowExecutionInitiatedEventAttributes;

    /// <summary>The event that says it has started; 0 before; <see cref="ExecutionState.BufferedEventId"/> while that event is buffered.</summary>
    public long StartedEventId { get; set; }

    /// <summary>Its first run, once started.</summary>
    public WorkflowExecution? Execution { get; set; }
}

/// <summary>A signal or cancel for another execution that is not delivered.</summary>
/// <param name="Initiated">What the workflow wanted.</param>
internal sealed record ExternalState(HistoryEvent Initiated);

/// <summary>An update that this run has been asked for.</summary>
internal sealed class UpdateState(string id)
{
    public string Id { get; } = id;

    public UpdateWorkflowExecutionLifecycleStage Stage { get; set; } = UpdateWorkflowExecutionLifecycleStage.Admitted;

    /// <summary>What was asked, until it is accepted. Null for one that came by a reset: the event says it.</summary>
    public Request? Request { get; set; }

    /// <summary>Whether a worker has got the request and not answered it.</summary>
    public bool IsSent { get; set; }

    /// <summary>Whether an event says that it was admitted (reset only); otherwise an admitted one is in memory only.</summary>
    public long AdmittedEventId { get; set; }

    public long AcceptedEventId { get; set; }

    public Outcome? Outcome { get; set; }

    /// <summary>In which order updates were admitted.</summary>
    public long Order { get; set; }

    public bool IsOpen => Stage < UpdateWorkflowExecutionLifecycleStage.Completed;

    public bool IsAdmitted => Stage == UpdateWorkflowExecutionLifecycleStage.Admitted;
}

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
