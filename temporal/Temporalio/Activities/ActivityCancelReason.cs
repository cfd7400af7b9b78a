namespace Temporalio.Activities;

/// <summary>Why an activity was cancelled.</summary>
public enum ActivityCancelReason
{
    /// <summary>It was not, or nobody knows why.</summary>
    None,

    /// <summary>The server knows it no longer: it was completed by other means, or its workflow has closed.</summary>
    GoneFromServer,

    /// <summary>Its workflow asked for it.</summary>
    CancelRequested,

    /// <summary>Its time was up.</summary>
    Timeout,

    /// <summary>The worker is shutting down and its grace period is over.</summary>
    WorkerShutdown,

    /// <summary>A heartbeat could not be recorded, mostly because its details could not be converted.</summary>
    HeartbeatRecordFailure,

    /// <summary>An operator paused it.</summary>
    Paused,

    /// <summary>An operator reset it.</summary>
    Reset,
}
