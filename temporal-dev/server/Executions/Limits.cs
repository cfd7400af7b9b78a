namespace Temporalio.DevServer.Executions;

/// <summary>
/// What the server refuses, and the defaults it fills in. The values are the real server's (temporalio/temporal, dynamic configuration defaults).
/// Sizes in bytes of the serialised message.
/// </summary>
internal sealed record Limits
{
    public static readonly Limits Default = new();

    /// <summary>Largest payloads of one command, signal, update or result (limit.blobSize.error).</summary>
    public int BlobSizeBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Largest memo (limit.memoSize.error).</summary>
    public int MemoSizeBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Longest id, name or type (limit.maxIDLength).</summary>
    public int IdLength { get; init; } = 1000;

    /// <summary>Most events of one run (limit.historyCount.error).</summary>
    public long HistoryCount { get; init; } = 51_200;

    /// <summary>Largest history of one run (limit.historySize.error).</summary>
    public long HistorySizeBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>From how many events on a workflow is told to continue as new.</summary>
    public long SuggestContinueAsNewCount { get; init; } = 4_096;

    /// <summary>From which size on a workflow is told to continue as new.</summary>
    public long SuggestContinueAsNewSizeBytes { get; init; } = 4L * 1024 * 1024;

    /// <summary>Most activities, children, outgoing signals and outgoing cancels that may be pending at once (each kind).</summary>
    public int Pending { get; init; } = 2_000;

    /// <summary>Most signals of one run (history.maximumSignalsPerExecution).</summary>
    public int Signals { get; init; } = 10_000;

    /// <summary>Most updates that may be open at once (history.maxInFlightUpdates).</summary>
    public int InFlightUpdates { get; init; } = 10;

    /// <summary>Most updates of one run (history.maxTotalUpdates).</summary>
    public int TotalUpdates { get; init; } = 2_000;

    /// <summary>Part of <see cref="TotalUpdates"/> from which a workflow is told to continue as new.</summary>
    public double SuggestContinueAsNewUpdates { get; init; } = 0.9;

    /// <summary>Most events that may wait for a workflow task to end (history.maximumBufferedEventsBatch).</summary>
    public int BufferedEvents { get; init; } = 100;

    /// <summary>Most search attributes of one run.</summary>
    public int SearchAttributes { get; init; } = 100;

    /// <summary>Largest value of one search attribute.</summary>
    public int SearchAttributeBytes { get; init; } = 2 * 1024;

    /// <summary>Largest sum of all search attributes.</summary>
    public int SearchAttributesBytes { get; init; } = 40 * 1024;

    /// <summary>Timeout of a workflow task where the start names none.</summary>
    public TimeSpan WorkflowTaskTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest timeout of a workflow task.</summary>
    public TimeSpan MaxWorkflowTaskTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a workflow task may be kept alive by forced new tasks (history.workflowTaskHeartbeatTimeout).</summary>
    public TimeSpan WorkflowTaskHeartbeat { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>First wait of activities whose retry policy names none.</summary>
    public TimeSpan RetryInitialInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Factor of retries whose policy names none.</summary>
    public double RetryBackoffCoefficient { get; init; } = 2;

    /// <summary>Longest wait between retries as a multiple of the first, where the policy names none.</summary>
    public int RetryMaximumIntervalCoefficient { get; init; } = 100;

    /// <summary>Longest wait between attempts of one workflow task (history.workflowTaskRetryMaxInterval).</summary>
    public TimeSpan WorkflowTaskRetryMaxInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Shortest time between the beginnings of two runs that follow each other (history.workflowIdReuseMinimalInterval); none where time skips.</summary>
    public TimeSpan ContinueAsNewMinInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Eager activities in one answer (system.maxEagerActivities… of the real server: as many as the worker asked for).</summary>
    public int EagerActivities { get; init; } = 1_000;
}
