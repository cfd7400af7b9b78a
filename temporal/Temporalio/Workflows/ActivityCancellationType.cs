namespace Temporalio.Workflows;

/// <summary>
/// What the workflow does with an activity whose token is cancelled.
/// </summary>
public enum ActivityCancellationType
{
    /// <summary>Ask the activity to stop and report cancellation to the workflow at once.</summary>
    TryCancel = 0,

    /// <summary>Ask the activity to stop and wait for what it answers. Needs a heartbeating activity.</summary>
    WaitCancellationCompleted = 1,

    /// <summary>Do not ask the activity; report cancellation to the workflow at once.</summary>
    Abandon = 2,
}
