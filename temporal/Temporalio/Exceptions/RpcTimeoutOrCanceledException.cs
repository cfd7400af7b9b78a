namespace Temporalio.Exceptions;

/// <summary>A client call that ran out of time or was canceled by its caller.</summary>
public class RpcTimeoutOrCanceledException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which call it was.</param>
    /// <param name="inner">Cause.</param>
    public RpcTimeoutOrCanceledException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
