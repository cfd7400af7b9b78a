using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>Workflow code is about to run.</summary>
public class WorkflowTaskStartingEventArgs : WorkflowTaskEventArgs
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowTaskStartingEventArgs"/> class.</summary>
    /// <param name="workflowInfo">The run.</param>
    /// <param name="workflowDefinition">Its type.</param>
    internal WorkflowTaskStartingEventArgs(WorkflowInfo workflowInfo, WorkflowDefinition workflowDefinition)
        : base(workflowInfo, workflowDefinition)
    {
    }
}
