namespace NexusRpc.Handlers;

/// <summary>What went wrong in a handler.</summary>
public enum HandlerErrorType
{
    /// <summary>Unknown.</summary>
    Unknown,

    /// <summary>The request is wrong.</summary>
    BadRequest,

    /// <summary>The caller is not known.</summary>
    Unauthenticated,

    /// <summary>The caller may not.</summary>
    Unauthorized,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>The request took too long.</summary>
    RequestTimeout,

    /// <summary>The request contradicts the state.</summary>
    Conflict,

    /// <summary>Too many requests.</summary>
    ResourceExhausted,

    /// <summary>The handler itself failed.</summary>
    Internal,

    /// <summary>The handler does not have this.</summary>
    NotImplemented,

    /// <summary>Not now.</summary>
    Unavailable,

    /// <summary>Something behind the handler took too long.</summary>
    UpstreamTimeout,
}
