using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>
/// How a workflow goes on as a new run. What is null stays as it is.
/// </summary>
public class ContinueAsNewOptions : ICloneable
{
    /// <summary>Gets or sets the task queue.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>Gets or sets the limit on the new run.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>Gets or sets the limit on one workflow task.</summary>
    public TimeSpan? TaskTimeout { get; set; }

    /// <summary>Gets or sets how failed runs are retried.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>Gets or sets the memo. Values are not null.</summary>
    public IReadOnlyDictionary<string, object>? Memo { get; set; }

    /// <summary>Gets or sets the search attributes.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>Gets or sets the wish for a compatible worker build.</summary>
    public VersioningIntent VersioningIntent { get; set; } = VersioningIntent.Unspecified;

    /// <summary>Gets or sets on which deployment version the new run begins; unset means that of this run.</summary>
    public InitialVersioningBehavior? InitialVersioningBehavior { get; set; }

    /// <summary>Gets or sets how long the new run waits for its first workflow task.</summary>
    public TimeSpan? BackoffStartInterval { get; set; }

    /// <summary>Copies the options, not what they refer to.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
