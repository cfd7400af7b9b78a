using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>Workflow code has run.</summary>
public class WorkflowTaskCompletedEventArgs : WorkflowTaskEventArgs
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowTaskCompletedEventArgs"/> class.</summary>
    /// <param name="workflowInfo">The run.</param>
    /// <param name="workflowDefinition">Its type.</param>
    /// <param name="taskFailureException">Why the task failed, null if it did not.</param>
    internal WorkflowTaskCompletedEventArgs(
        WorkflowInfo workflowInfo, WorkflowDefinition workflowDefinition, Exception? taskFailureException)
        : base(workflowInfo, workflowDefinition) => TaskFailureException = taskFailureException;

    /// <summary>Gets why the workflow task failed, null if it did not. A workflow that failed completed its task.</summary>
    public Exception? TaskFailureException { get; }
}
