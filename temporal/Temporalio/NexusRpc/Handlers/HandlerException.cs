namespace NexusRpc.Handlers;

/// <summary>Thrown by a handler that could not do its work. Whether it is tried again depends on the error type.</summary>
public class HandlerException : Exception
{
    private static readonly Dictionary<string, HandlerErrorType> TypesByName = new()
    {
        ["UNKNOWN"] = HandlerErrorType.Unknown,
        ["BAD_REQUEST"] = HandlerErrorType.BadRequest,
        ["UNAUTHENTICATED"] = HandlerErrorType.Unauthenticated,
        ["UNAUTHORIZED"] = HandlerErrorType.Unauthorized,
        ["NOT_FOUND"] = HandlerErrorType.NotFound,
        ["REQUEST_TIMEOUT"] = HandlerErrorType.RequestTimeout,
        ["CONFLICT"] = HandlerErrorType.Conflict,
        ["RESOURCE_EXHAUSTED"] = HandlerErrorType.ResourceExhausted,
        ["INTERNAL"] = HandlerErrorType.Internal,
        ["NOT_IMPLEMENTED"] = HandlerErrorType.NotImplemented,
        ["UNAVAILABLE"] = HandlerErrorType.Unavailable,
        ["UPSTREAM_TIMEOUT"] = HandlerErrorType.UpstreamTimeout,
    };

    private static readonly Dictionary<HandlerErrorType, string> NamesByType = TypesByName.ToDictionary(t => t.Value, t => t.Key);

    /// <summary>Initializes a new instance of the <see cref="HandlerException"/> class.</summary>
    /// <param name="errorType">What went wrong.</param>
    /// <param name="message">In words.</param>
    /// <param name="errorRetryBehavior">Whether it is retried.</param>
    public HandlerException(
        HandlerErrorType errorType,
        string message,
        HandlerErrorRetryBehavior errorRetryBehavior = HandlerErrorRetryBehavior.Unspecified)
        : this(errorType, message, null, errorRetryBehavior)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="HandlerException"/> class.</summary>
    /// <param name="errorType">What went wrong.</param>
    /// <param name="message">In words.</param>
    /// <param name="innerException">Cause.</param>
    /// <param name="errorRetryBehavior">Whether it is retried.</param>
    public HandlerException(
        HandlerErrorType errorType,
        string message,
        Exception? innerException,
        HandlerErrorRetryBehavior errorRetryBehavior = HandlerErrorRetryBehavior.Unspecified)
        : this(NamesByType.GetValueOrDefault(errorType, "UNKNOWN"), message, innerException, errorRetryBehavior)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="HandlerException"/> class from what came over the wire.</summary>
    /// <param name="rawErrorType">Error type as the Nexus specification spells it, such as <c>NOT_FOUND</c>.</param>
    /// <param name="message">In words.</param>
    /// <param name="innerException">Cause.</param>
    /// <param name="errorRetryBehavior">Whether it is retried.</param>
    public HandlerException(
        string rawErrorType,
        string message,
        Exception? innerException,
        HandlerErrorRetryBehavior errorRetryBehavior = HandlerErrorRetryBehavior.Unspecified)
        : base(message, innerException)
    {
        RawErrorType = rawErrorType;
        ErrorType = TypesByName.GetValueOrDefault(rawErrorType, HandlerErrorType.Unknown);
        ErrorRetryBehavior = errorRetryBehavior;
    }

    /// <summary>Gets the error type as the Nexus specification spells it.</summary>
    public string RawErrorType { get; private init; }

    /// <summary>Gets the error type; <see cref="HandlerErrorType.Unknown"/> for one that this version does not know.</summary>
    public HandlerErrorType ErrorType { get; private init; }

    /// <summary>Gets what the handler says about retries.</summary>
    public HandlerErrorRetryBehavior ErrorRetryBehavior { get; private init; }

    /// <summary>Gets a value indicating whether it is retried, by what the handler says or else by the error type.</summary>
    public bool IsRetryable => ErrorRetryBehavior switch
    {
        HandlerErrorRetryBehavior.Retryable => true,
        HandlerErrorRetryBehavior.NonRetryable => false,
        _ => ErrorType is not (HandlerErrorType.BadRequest or HandlerErrorType.Unauthenticated or HandlerErrorType.Unauthorized
            or HandlerErrorType.NotFound or HandlerErrorType.Conflict or HandlerErrorType.NotImplemented),
    };

    /// <summary>Reads an error type.</summary>
    /// <param name="errorTypeStr">As the Nexus specification spells it.</param>
    /// <param name="errorType">The type.</param>
    /// <returns>False if it is not known.</returns>
    public static bool TryParseErrorType(string errorTypeStr, out HandlerErrorType errorType) =>
        TypesByName.TryGetValue(errorTypeStr, out errorType);
}
