namespace Temporalio.Exceptions;

/// <summary>Thrown when a schedule cannot be created because its id is in use.</summary>
public class ScheduleAlreadyRunningException : FailureException
{
    /// <summary>Creates the exception.</summary>
    public ScheduleAlreadyRunningException()
        : base("Schedule already running")
    {
    }
}
