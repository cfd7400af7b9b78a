namespace Temporalio.Exceptions;

/// <summary>
/// The call that waits for an update ran out of time or was canceled. It says nothing about the update itself, which may
/// still be running.
/// </summary>
public class WorkflowUpdateRpcTimeoutOrCanceledException : RpcTimeoutOrCanceledException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="inner">Cause.</param>
    public WorkflowUpdateRpcTimeoutOrCanceledException(Exception? inner)
        : base("Timeout or cancellation waiting for update", inner)
    {
    }
}
