namespace NexusRpc;

/// <summary>Thrown by a handler whose operation failed or was canceled for good. It is not retried.</summary>
public class OperationException : Exception
{
    private OperationException(OperationState state, string message, Exception? innerException)
        : base(message, innerException) => State = state;

    /// <summary>Gets <see cref="OperationState.Failed"/> or <see cref="OperationState.Canceled"/>.</summary>
    public OperationState State { get; private init; }

    /// <summary>An operation that failed.</summary>
    /// <param name="message">Why, for the caller.</param>
    /// <param name="innerException">Cause, if any.</param>
    /// <returns>The exception to throw.</returns>
    public static OperationException CreateFailed(string message, Exception? innerException = null) =>
        new(OperationState.Failed, message, innerException);

    /// <summary>An operation that failed. The name that earlier versions of the official package have for <see cref="CreateFailed"/>.</summary>
    /// <param name="message">Why, for the caller.</param>
    /// <param name="innerException">Cause, if any.</param>
    /// <returns>The exception to throw.</returns>
    public static OperationException CreateFailure(string message, Exception? innerException = null) =>
        CreateFailed(message, innerException);

    /// <summary>An operation that was canceled.</summary>
    /// <param name="message">Why, for the caller.</param>
    /// <param name="innerException">Cause, if any.</param>
    /// <returns>The exception to throw.</returns>
    public static OperationException CreateCanceled(string message, Exception? innerException = null) =>
        new(OperationState.Canceled, message, innerException);
}
