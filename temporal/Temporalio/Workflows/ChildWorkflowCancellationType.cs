namespace Temporalio.Workflows;

/// <summary>
/// What the workflow does with a child workflow whose token is cancelled.
/// </summary>
public enum ChildWorkflowCancellationType
{
    /// <summary>Do not ask the child; report cancellation to the workflow at once.</summary>
    Abandon = 0,

    /// <summary>Ask the child to stop and report cancellation to the workflow at once.</summary>
    TryCancel = 1,

    /// <summary>Ask the child to stop and wait for how it ends.</summary>
    WaitCancellationCompleted = 2,

    /// <summary>Ask the child to stop and wait until the server has passed the request on.</summary>
    WaitCancellationRequested = 3,
}
