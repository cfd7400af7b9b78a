namespace Temporalio.Exceptions;

/// <summary>Thrown to a client that waits for a standalone activity which did not complete; the reason is the inner exception.</summary>
public class ActivityFailedException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="inner">Why the activity ended.</param>
    public ActivityFailedException(Exception? inner)
        : base("Activity failed", inner)
    {
    }
}
