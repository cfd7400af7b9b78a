namespace Temporalio.Exceptions;

/// <summary>Root of every exception that this library defines.</summary>
public abstract class TemporalException : Exception
{
    /// <summary>Creates an exception with the runtime's own message.</summary>
    protected TemporalException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    /// <param name="message">What went wrong.</param>
    protected TemporalException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and a cause.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="inner">Cause, if one is known.</param>
    protected TemporalException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>
    /// Tells whether an exception means "canceled": a .NET cancellation, a Temporal cancellation, or an activity, child
    /// workflow or Nexus operation that ended because it was canceled.
    /// </summary>
    /// <param name="e">Exception that was caught.</param>
    /// <returns>True for a cancellation in any of those forms.</returns>
    public static bool IsCanceledException(Exception e) => e switch
    {
        OperationCanceledException or CanceledFailureException => true,
        ActivityFailureException or ChildWorkflowFailureException or NexusOperationFailureException =>
            e.InnerException is CanceledFailureException,
        _ => false,
    };
}
