namespace Temporalio.Exceptions;

/// <summary>Thrown by a heartbeat of an activity that completes asynchronously when it should stop.</summary>
public class AsyncActivityCanceledException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    public AsyncActivityCanceledException()
        : base("Activity cancelled")
    {
    }
}
