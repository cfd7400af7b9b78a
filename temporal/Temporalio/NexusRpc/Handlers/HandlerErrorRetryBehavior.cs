namespace NexusRpc.Handlers;

/// <summary>Whether a handler's error is retried.</summary>
public enum HandlerErrorRetryBehavior
{
    /// <summary>The error type decides.</summary>
    Unspecified,

    /// <summary>It is.</summary>
    Retryable,

    /// <summary>It is not.</summary>
    NonRetryable,
}
