using Temporalio.Api.Enums.V1;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>
/// How a workflow starts a child workflow.
/// </summary>
public class ChildWorkflowOptions : ICloneable
{
    /// <summary>Gets or sets the workflow id. Null: a random one, the same on every replay.</summary>
    public string? Id { get; set; }

    /// <summary>Gets or sets the task queue. Null: the parent's.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>Gets or sets one line about the child, fixed for its life, shown in the Web UI.</summary>
    public string? StaticSummary { get; set; }

    /// <summary>Gets or sets several lines about the child, fixed for its life, shown in the Web UI.</summary>
    public string? StaticDetails { get; set; }

    /// <summary>Gets or sets how failed runs are retried. Null: not at all.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>Gets or sets what cancellation of the token does.</summary>
    public ChildWorkflowCancellationType CancellationType { get; set; } = ChildWorkflowCancellationType.WaitCancellationCompleted;

    /// <summary>Gets or sets the token. Null: <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Gets or sets what becomes of the child when the parent ends.</summary>
    public ParentClosePolicy ParentClosePolicy { get; set; } = ParentClosePolicy.Terminate;

    /// <summary>Gets or sets the limit on the whole, retries and continuations included.</summary>
    public TimeSpan? ExecutionTimeout { get; set; }

    /// <summary>Gets or sets the limit on one run.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>Gets or sets the limit on one workflow task. Null: the server's, 10 s.</summary>
    public TimeSpan? TaskTimeout { get; set; }

    /// <summary>Gets or sets whether the id of a closed workflow may be used again.</summary>
    public WorkflowIdReusePolicy IdReusePolicy { get; set; } = WorkflowIdReusePolicy.AllowDuplicate;

    /// <summary>Gets or sets the cron schedule.</summary>
    public string? CronSchedule { get; set; }

    /// <summary>Gets or sets the memo. Values are not null.</summary>
    public IReadOnlyDictionary<string, object>? Memo { get; set; }

    /// <summary>Gets or sets the search attributes.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>Gets or sets the wish for a compatible worker build.</summary>
    public VersioningIntent VersioningIntent { get; set; } = VersioningIntent.Unspecified;

    /// <summary>Gets or sets the order in which a busy task queue hands out the child's tasks. Null: the parent's.</summary>
    public Priority? Priority { get; set; }

    /// <summary>Copies the options, not what they refer to.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
