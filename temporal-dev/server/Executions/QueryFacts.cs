namespace Temporalio.DevServer.Executions;

/// <summary>What decides how a query reaches a worker.</summary>
/// <param name="HasCompletedWorkflowTask">Whether a workflow task was ever completed: before that nobody can answer.</param>
/// <param name="HasPendingWorkflowTask">Whether a workflow task is scheduled or started: queries are attached to it or to the next.</param>
/// <param name="HasStartedWorkflowTask">Whether that task is with a worker already: queries wait for the next one.</param>
/// <param name="StickyTaskQueue">The worker's own queue, or null.</param>
/// <param name="TaskQueue">The run's queue.</param>
/// <param name="IsWorkflowTaskFailing">Whether the pending task fails again and again (the real server refuses queries then).</param>
internal sealed record QueryFacts(
    bool HasCompletedWorkflowTask, bool HasPendingWorkflowTask, bool HasStartedWorkflowTask, string? StickyTaskQueue, string TaskQueue, bool IsWorkflowTaskFailing)
{
    /// <summary>Direct queries never wait for a workflow task; attached ones do. Never both.</summary>
    public bool MayAskDirectly => HasCompletedWorkflowTask && !HasPendingWorkflowTask;
}
