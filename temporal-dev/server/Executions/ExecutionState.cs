using Temporalio.Api.Workflow.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// One run as it stands: what its events add up to (Apply) and what is acknowledged beside them (extras). Changed by
/// <see cref="Transition"/> only. Not safe for concurrent use: whoever holds the run's lock may touch it.
/// </summary>
internal sealed partial class ExecutionState
{
    /// <summary>Stands for the id that a buffered event does not have yet.</summary>
    public const long BufferedEventId = -123;

    private const int MaxResetPoints = 20;

    internal ExecutionState(RunKey run) => Run = run;

    /// <summary>The run.</summary>
    public RunKey Run { get; }

    /// <summary>The version in the store; 0 before the first commit.</summary>
    public long Version { get; private set; }

    /// <summary>The id that the next event gets.</summary>
    public long NextEventId { get; internal set; } = 1;

    /// <summary>Running, or how it closed.</summary>
    public WorkflowExecutionStatus Status { get; private set; } = WorkflowExecutionStatus.Running;

    /// <summary>Whether it still runs.</summary>
    public bool IsOpen => Status is WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Paused;

    /// <summary>The first event.</summary>
    public HistoryEvent FirstEvent { get; private set; } = null!;

    /// <summary>What the first event says.</summary>
    public WorkflowExecutionStartedEventAttributes Started => FirstEvent.WorkflowExecutionStartedEventAttributes;

    /// <summary>The event that closed it, or null.</summary>
    public HistoryEvent? CloseEvent { get; private set; }

    /// <summary>When it started; a run that came by a reset started with that, although its first event is older.</summary>
    public DateTimeOffset StartTime => LastResetTime ?? FirstEvent.EventTime.ToDateTimeOffset();

    /// <summary>When its first workflow task may run at the earliest.</summary>
    public DateTimeOffset ExecutionTime => LastResetTime ?? Durations.Add(StartTime, Durations.Span(Started.FirstWorkflowTaskBackoff));

    /// <summary>When the run times out, or null.</summary>
    public DateTimeOffset? RunExpiration =>
        Durations.Span(Started.WorkflowRunTimeout) is var timeout && timeout > TimeSpan.Zero ? Durations.Add(ExecutionTime, timeout) : null;

    /// <summary>When the whole chain of runs times out, or null.</summary>
    public DateTimeOffset? ExecutionExpiration => Started.WorkflowExecutionExpirationTime is not { } expiration ? null
        : LastResetTime is { } reset ? Durations.Add(reset, Durations.Span(Started.WorkflowExecutionTimeout))
        : expiration.ToDateTimeOffset();

    /// <summary>The queue of its workflow tasks.</summary>
    public string TaskQueue => Started.TaskQueue.Name;

    /// <summary>The worker's own queue, or null. Known in this process only.</summary>
    public string? StickyTaskQueue { get; internal set; }

    /// <summary>How long a task waits in <see cref="StickyTaskQueue"/>.</summary>
    internal TimeSpan StickyTimeout { get; set; }

    /// <summary>The request that started it.</summary>
    public string StartRequestId { get; internal set; } = "";

    /// <summary>The started event of the last completed workflow task, or 0.</summary>
    public long PreviousStartedEventId { get; private set; }

    /// <summary>The last event of a completed workflow task, or 0.</summary>
    internal long LastCompletedTaskEventId { get; private set; }

    /// <summary>Bytes of its events as stored.</summary>
    public long HistorySizeBytes { get; internal set; }

    internal long StateTransitionCount { get; set; }

    /// <summary>What it has now, after all upserts.</summary>
    public SearchAttributes? SearchAttributes { get; private set; }

    /// <summary>What it has now, after all upserts.</summary>
    public Memo? Memo { get; private set; }

    /// <summary>Where it may be reset to, one for each build that has worked on it.</summary>
    internal ResetPoints ResetPoints { get; private set; } = new();

    internal WorkerVersionStamp? MostRecentWorkerVersion { get; private set; }

    /// <summary>The build that was last found in, or added to, the search attributes; in memory only.</summary>
    internal string? RecordedBuild { get; set; }

    internal WorkflowExecutionVersioningInfo? Versioning { get; private set; }

    internal string WorkerDeploymentName { get; private set; } = "";

    /// <summary>As the start or a later update of options says.</summary>
    internal Priority? Priority { get; private set; }

    internal WorkflowTaskState? Task { get; set; }

    /// <summary>The attempt that the next workflow task is; more than 1 after failures.</summary>
    internal int TaskAttempt { get; set; } = 1;

    /// <summary>Whether the last workflow task wanted to close the run and could not, because of buffered events.</summary>
    internal bool CloseAttempted { get; set; }

    /// <summary>When the first workflow task is made, or null if it was.</summary>
    internal DateTimeOffset? FirstTaskDue { get; set; }

    /// <summary>Events that wait for the started workflow task to end.</summary>
    internal List<HistoryEvent> Buffered { get; } = [];

    internal SortedDictionary<long, ActivityState> Activities { get; } = [];

    internal Dictionary<string, long> ActivityIds { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, TimerState> Timers { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<long, ChildState> Children { get; } = [];

    internal SortedDictionary<long, ExternalState> SignalsOut { get; } = [];

    internal SortedDictionary<long, ExternalState> CancelsOut { get; } = [];

    internal Dictionary<string, UpdateState> Updates { get; } = new(StringComparer.Ordinal);

    /// <summary>Request ids of the signals recorded; a run has a bounded number of signals.</summary>
    internal HashSet<string> SignalRequests { get; } = new(StringComparer.Ordinal);

    /// <summary>Which event a start request, this run's or one attached to it, led to.</summary>
    internal SortedDictionary<string, (EventType Type, long EventId)> RequestEvents { get; } = new(StringComparer.Ordinal);

    internal bool CancelRequested { get; private set; }

    internal string CancelRequestId { get; set; } = "";

    internal int SignalCount { get; private set; }

    internal bool NotifyParentPending { get; set; }

    /// <summary>Children that must be told that this run has closed: their initiated events.</summary>
    internal SortedDictionary<long, CloseChildExtras> ChildrenToClose { get; } = [];

    /// <summary>Children that were not started when this run closed, and are to live on without it.</summary>
    internal SortedSet<long> ChildrenToStart { get; } = [];

    /// <summary>When this run came to be by a reset of another, or null.</summary>
    internal DateTimeOffset? LastResetTime { get; set; }

    /// <summary>The run that a reset of this one has made, or empty: children of this run belong to that one.</summary>
    public string ResetRunId { get; internal set; } = "";

    internal bool HasStartedTask => Task is { IsStarted: true };

    /// <summary>Whether its first workflow task is still to come.</summary>
    internal bool IsBeforeFirstTask => FirstTaskDue is not null;

    /// <summary>To be called once what <see cref="Transition.Finish"/> gave is committed. If the commit fails, drop the state and load it again.</summary>
    public void Committed() => Version++;

    internal void SetBuildIds(SearchAttributes attributes) => SearchAttributes = attributes;
}
