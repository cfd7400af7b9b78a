namespace Temporalio.Workflows;

/// <summary>
/// How a workflow signals a child workflow.
/// </summary>
public class ChildWorkflowSignalOptions : ICloneable
{
    /// <summary>Gets or sets the token that gives up sending. Null: <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Copies the options.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
