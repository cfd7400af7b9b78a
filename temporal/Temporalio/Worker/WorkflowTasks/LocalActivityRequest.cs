using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// A local activity to run. Arguments are as the payload converter made them, without the codec.
/// </summary>
internal sealed record LocalActivityRequest
{
    /// <summary>Gets the number by which the workflow knows the activity.</summary>
    public required uint Sequence { get; init; }

    /// <summary>Gets the activity id.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Gets the activity type name.</summary>
    public required string ActivityType { get; init; }

    /// <summary>Gets the arguments.</summary>
    public required IReadOnlyCollection<Payload> Arguments { get; init; }

    /// <summary>Gets the headers.</summary>
    public IReadOnlyDictionary<string, Payload>? Headers { get; init; }

    /// <summary>Gets the limit on the whole, from <see cref="OriginalScheduleTime"/> on.</summary>
    public TimeSpan? ScheduleToCloseTimeout { get; init; }

    /// <summary>Gets the limit on the wait for a slot.</summary>
    public TimeSpan? ScheduleToStartTimeout { get; init; }

    /// <summary>Gets the limit on one attempt.</summary>
    public TimeSpan? StartToCloseTimeout { get; init; }

    /// <summary>Gets how failures are retried; null for the default policy.</summary>
    public Common.RetryPolicy? RetryPolicy { get; init; }

    /// <summary>Gets what cancellation does.</summary>
    public ActivityCancellationType CancellationType { get; init; }

    /// <summary>Gets the longest backoff that is waited for inside the worker.</summary>
    public TimeSpan LocalRetryThreshold { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the number of the first attempt to make.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Gets when the activity was first asked for; set by the runtime.</summary>
    public Timestamp? OriginalScheduleTime { get; init; }

    /// <summary>Gets one line about the activity, if any, as the payload converter made it.</summary>
    public Payload? Summary { get; init; }

    /// <summary>Gets the workflow's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Gets the workflow's task queue.</summary>
    public required string TaskQueue { get; init; }

    /// <summary>Gets the workflow's id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Gets the workflow's run id.</summary>
    public required string WorkflowRunId { get; init; }

    /// <summary>Gets the workflow's type name.</summary>
    public required string WorkflowType { get; init; }
}
