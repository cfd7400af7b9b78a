using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>What the events about workflow tasks have in common.</summary>
public abstract class WorkflowTaskEventArgs : EventArgs
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowTaskEventArgs"/> class.</summary>
    /// <param name="workflowInfo">The run.</param>
    /// <param name="workflowDefinition">Its type.</param>
    internal WorkflowTaskEventArgs(WorkflowInfo workflowInfo, WorkflowDefinition workflowDefinition)
    {
        WorkflowInfo = workflowInfo;
        WorkflowDefinition = workflowDefinition;
    }

    /// <summary>Gets the run.</summary>
    public WorkflowInfo WorkflowInfo { get; }

    /// <summary>Gets its type.</summary>
    public WorkflowDefinition WorkflowDefinition { get; }
}
