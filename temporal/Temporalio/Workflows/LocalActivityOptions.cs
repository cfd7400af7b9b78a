using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>
/// How a workflow runs an activity inside its own worker. <see cref="StartToCloseTimeout"/> or
/// <see cref="ScheduleToCloseTimeout"/> is required.
/// </summary>
public class LocalActivityOptions : ICloneable
{
    /// <summary>Gets or sets the limit on the whole, all attempts and waits included. Null: no limit of its own.</summary>
    public TimeSpan? ScheduleToCloseTimeout { get; set; }

    /// <summary>Gets or sets the limit on the wait for a place in the worker.</summary>
    public TimeSpan? ScheduleToStartTimeout { get; set; }

    /// <summary>Gets or sets the limit on one attempt.</summary>
    public TimeSpan? StartToCloseTimeout { get; set; }

    /// <summary>Gets or sets how failures are retried. Null: for ever, from 1 s, doubling, up to 100 s.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>Gets or sets what cancellation of the token does.</summary>
    public ActivityCancellationType CancellationType { get; set; } = ActivityCancellationType.TryCancel;

    /// <summary>Gets or sets the token. Null: <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Gets or sets the activity id. Null, as it should be: a number in sequence.</summary>
    public string? ActivityId { get; set; }

    /// <summary>
    /// Gets or sets the longest wait before a retry that is spent inside the worker. A longer one becomes a timer of the
    /// workflow. Null: 1 minute.
    /// </summary>
    public TimeSpan? LocalRetryThreshold { get; set; }

    /// <summary>Gets or sets one line about this activity, shown in the Web UI and by the command line.</summary>
    public string? Summary { get; set; }

    /// <summary>Copies the options, not what they refer to.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
