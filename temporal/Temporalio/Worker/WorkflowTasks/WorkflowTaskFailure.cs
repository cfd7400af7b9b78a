namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// A workflow task that failed by the workflow's own code.
/// </summary>
/// <param name="cause">What the code threw.</param>
internal sealed class WorkflowTaskFailure(Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>Gets what the code threw.</summary>
    internal Exception Failure => InnerException!;
}
