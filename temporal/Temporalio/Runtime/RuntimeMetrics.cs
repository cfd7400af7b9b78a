using Temporalio.Common;

namespace Temporalio.Runtime;

/// <summary>What this library counts of itself, under the names of the official SDKs' core.</summary>
internal sealed class RuntimeMetrics
{
    private readonly MetricMeter meter;
    private readonly string prefix;
    private readonly string durationUnit;

    /// <summary>Initializes a new instance of the <see cref="RuntimeMetrics"/> class.</summary>
    /// <param name="meter">Where it counts.</param>
    /// <param name="prefix">What all names begin with.</param>
    /// <param name="durationUnit">Unit that the meter gives durations in.</param>
    internal RuntimeMetrics(MetricMeter meter, string prefix, string durationUnit)
    {
        this.meter = meter;
        this.prefix = prefix;
        this.durationUnit = durationUnit;
        IsEnabled = meter is not MetricMeterNoop;
        Request = Counter("request");
        RequestFailure = Counter("request_failure");
        LongRequest = Counter("long_request");
        LongRequestFailure = Counter("long_request_failure");
        RequestLatency = Duration("request_latency");
        LongRequestLatency = Duration("long_request_latency");
        WorkflowCompleted = Counter("workflow_completed");
        WorkflowFailed = Counter("workflow_failed");
        WorkflowCanceled = Counter("workflow_canceled");
        WorkflowContinuedAsNew = Counter("workflow_continue_as_new");
        WorkflowEndToEnd = Duration("workflow_endtoend_latency");
        WorkflowPollSucceeded = Counter("workflow_task_queue_poll_succeed");
        WorkflowPollEmpty = Counter("workflow_task_queue_poll_empty");
        WorkflowTaskFailed = Counter("workflow_task_execution_failed");
        WorkflowTaskExecution = Duration("workflow_task_execution_latency");
        WorkflowTaskScheduleToStart = Duration("workflow_task_schedule_to_start_latency");
        StickyCacheHit = Counter("sticky_cache_hit");
        StickyCacheMiss = Counter("sticky_cache_miss");
        ActivityPollEmpty = Counter("activity_poll_no_task");
        ActivityFailed = Counter("activity_execution_failed");
        ActivityExecution = Duration("activity_execution_latency");
        ActivityScheduleToStart = Duration("activity_schedule_to_start_latency");
        ActivityEndToEnd = Duration("activity_succeed_endtoend_latency");
        LocalActivityTotal = Counter("local_activity_total");
        LocalActivityFailed = Counter("local_activity_execution_failed");
        LocalActivityCancelled = Counter("local_activity_execution_cancelled");
        LocalActivityExecution = Duration("local_activity_execution_latency");
        LocalActivityEndToEnd = Duration("local_activity_succeed_endtoend_latency");
        SlotsAvailable = meter.CreateGauge<long>(prefix + "worker_task_slots_available", null, "Current number of available slots per task type");
        SlotsUsed = meter.CreateGauge<long>(prefix + "worker_task_slots_used", null, "Current number of used slots per task type");
        NumPollers = meter.CreateGauge<long>(prefix + "num_pollers", null, "Current number of active pollers per queue type");
    }

    /// <summary>Gets a value indicating whether anybody counts.</summary>
    internal bool IsEnabled { get; }

    internal MetricCounter<long> Request { get; }

    internal MetricCounter<long> RequestFailure { get; }

    internal MetricCounter<long> LongRequest { get; }

    internal MetricCounter<long> LongRequestFailure { get; }

    internal MetricHistogram<TimeSpan> RequestLatency { get; }

    internal MetricHistogram<TimeSpan> LongRequestLatency { get; }

    internal MetricCounter<long> WorkflowCompleted { get; }

    internal MetricCounter<long> WorkflowFailed { get; }

    internal MetricCounter<long> WorkflowCanceled { get; }

    internal MetricCounter<long> WorkflowContinuedAsNew { get; }

    internal MetricHistogram<TimeSpan> WorkflowEndToEnd { get; }

    internal MetricCounter<long> WorkflowPollSucceeded { get; }

    internal MetricCounter<long> WorkflowPollEmpty { get; }

    internal MetricCounter<long> WorkflowTaskFailed { get; }

    internal MetricHistogram<TimeSpan> WorkflowTaskExecution { get; }

    internal MetricHistogram<TimeSpan> WorkflowTaskScheduleToStart { get; }

    internal MetricCounter<long> StickyCacheHit { get; }

    internal MetricCounter<long> StickyCacheMiss { get; }

    internal MetricCounter<long> ActivityPollEmpty { get; }

    internal MetricCounter<long> ActivityFailed { get; }

    internal MetricHistogram<TimeSpan> ActivityExecution { get; }

    internal MetricHistogram<TimeSpan> ActivityScheduleToStart { get; }

    internal MetricHistogram<TimeSpan> ActivityEndToEnd { get; }

    internal MetricCounter<long> LocalActivityTotal { get; }

    internal MetricCounter<long> LocalActivityFailed { get; }

    internal MetricCounter<long> LocalActivityCancelled { get; }

    internal MetricHistogram<TimeSpan> LocalActivityExecution { get; }

    internal MetricHistogram<TimeSpan> LocalActivityEndToEnd { get; }

    internal MetricGauge<long> SlotsAvailable { get; }

    internal MetricGauge<long> SlotsUsed { get; }

    internal MetricGauge<long> NumPollers { get; }

    /// <summary>A call to the server ended.</summary>
    /// <param name="rpc">Its name.</param>
    /// <param name="isPoll">Whether it waits at the server by design.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="status">gRPC status that it failed with, null if it did not.</param>
    internal void Called(string rpc, bool isPoll, TimeSpan took, string? status)
    {
        if (!IsEnabled)
        {
            return;
        }
        KeyValuePair<string, object>[] tags = [new("operation", rpc)];
        (isPoll ? LongRequest : Request).Add(1, tags);
        (isPoll ? LongRequestLatency : RequestLatency).Record(took, tags);
        if (status != null)
        {
            (isPoll ? LongRequestFailure : RequestFailure).Add(1, [.. tags, new("status_code", status)]);
        }
    }

    private MetricCounter<long> Counter(string name) => meter.CreateCounter<long>(prefix + name);

    private MetricHistogram<TimeSpan> Duration(string name) => meter.CreateHistogram<TimeSpan>(prefix + name, durationUnit);
}
