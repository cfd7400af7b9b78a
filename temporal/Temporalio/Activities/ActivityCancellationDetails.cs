namespace Temporalio.Activities;

/// <summary>
/// What was known when an activity was cancelled. Several facts may be true at once. They are not updated afterwards.
/// </summary>
public class ActivityCancellationDetails
{
    /// <summary>Gets a value indicating whether the server knows the activity no longer.</summary>
    public bool IsGoneFromServer { get; init; }

    /// <summary>Gets a value indicating whether the workflow asked for cancellation.</summary>
    public bool IsCancelRequested { get; init; }

    /// <summary>Gets a value indicating whether the activity's time was up.</summary>
    public bool IsTimedOut { get; init; }

    /// <summary>Gets a value indicating whether the worker is shutting down.</summary>
    public bool IsWorkerShutdown { get; init; }

    /// <summary>Gets a value indicating whether an operator paused the activity.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Gets a value indicating whether an operator reset the activity.</summary>
    public bool IsReset { get; init; }

    /// <summary>Gets a value indicating whether a heartbeat could not be recorded.</summary>
    public bool IsHeartbeatRecordFailure { get; init; }
}
