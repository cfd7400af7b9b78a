namespace Temporalio.Nexus;

/// <summary>A workflow with a result that stands behind a Nexus operation.</summary>
/// <typeparam name="TResult">Result type.</typeparam>
public class NexusWorkflowRunHandle<TResult> : NexusWorkflowRunHandle
{
    /// <summary>Initializes a new instance of the <see cref="NexusWorkflowRunHandle{TResult}"/> class.</summary>
    /// <param name="workflowNamespace">Namespace of the workflow.</param>
    /// <param name="workflowId">Workflow id.</param>
    /// <param name="version">Version of the token's form.</param>
    internal NexusWorkflowRunHandle(string workflowNamespace, string workflowId, int version)
        : base(workflowNamespace, workflowId, version)
    {
    }
}
