namespace Settlement.StarterApi.Problems;

/// <summary>Every kind of problem that the API answers with. docs/api.md lists them; a test compares the two.</summary>
public static class ProblemTypes
{
    public static readonly ProblemType MalformedBody = new("malformed-body", 400, "The body is not the JSON that this resource takes");
    public static readonly ProblemType MalformedRequest = new("malformed-request", 400, "The request cannot be understood");
    public static readonly ProblemType IdempotencyKeyMissing = new("idempotency-key-missing", 400, "An Idempotency-Key header is required");
    public static readonly ProblemType Unauthenticated = new("unauthenticated", 401, "Sign in first");
    public static readonly ProblemType LoginRefused = new("login-refused", 401, "Unknown user or wrong password");
    public static readonly ProblemType RefreshRefused = new("refresh-refused", 401, "The refresh token is not valid");
    public static readonly ProblemType SignatureRefused = new("signature-refused", 401, "The message signature is not valid");
    public static readonly ProblemType Forbidden = new("forbidden", 403, "Your roles do not allow this");
    public static readonly ProblemType FourEyes = new("four-eyes", 403, "A second person must do this");
    public static readonly ProblemType NotFound = new("not-found", 404, "There is no such resource, or you may not see it");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "The resource does not take this method");
    public static readonly ProblemType IdempotencyConflict = new("idempotency-conflict", 409, "The Idempotency-Key was used with another body");
    public static readonly ProblemType InProgress = new("in-progress", 409, "The same request is being processed");
    public static readonly ProblemType ActionRefused = new("action-refused", 409, "The settlement cannot do this now");
    public static readonly ProblemType DuplicateTrade = new("duplicate-trade", 409, "The trade has a settlement already");
    public static readonly ProblemType BodyTooLarge = new("body-too-large", 413, "The body is too large");
    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "The body must be application/json");
    public static readonly ProblemType ValidationFailed = new("validation-failed", 422, "The request breaks a rule");
    public static readonly ProblemType TooManyRequests = new("too-many-requests", 429, "Too many requests");
    public static readonly ProblemType Internal = new("internal-error", 500, "The request failed inside the service");
    public static readonly ProblemType SwitchedOff = new("switched-off", 503, "A kill switch stops this at the moment");
    public static readonly ProblemType Unavailable = new("unavailable", 503, "A part of the service is not reachable");

    /// <summary>All kinds, for documentation and tests.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        MalformedBody, MalformedRequest, IdempotencyKeyMissing, Unauthenticated, LoginRefused, RefreshRefused, SignatureRefused,
        Forbidden, FourEyes, NotFound, MethodNotAllowed, IdempotencyConflict, InProgress, ActionRefused, DuplicateTrade,
        BodyTooLarge, UnsupportedMediaType, ValidationFailed, TooManyRequests, Internal, SwitchedOff, Unavailable,
    ];

    /// <summary>The kind for a bare status code that the framework produced (no route, no token, wrong method).</summary>
    public static ProblemType ForStatus(int status) => status switch
    {
        401 => Unauthenticated,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        503 => Unavailable,
        >= 500 => Internal,
        _ => MalformedRequest,
    };
}

/// <summary>One kind of refusal. Clients branch on <see cref="Uri"/>, which never changes once published; titles may be reworded.</summary>
/// <param name="Name">Last part of the stable identifier, kebab-case.</param>
/// <param name="Status">HTTP status that always goes with this kind.</param>
/// <param name="Title">Short human summary, the same for every occurrence (RFC 9457 section 3.1.3).</param>
public sealed record ProblemType(string Name, int Status, string Title)
{
    /// <summary>The <c>type</c> member of the problem document. A URN, because it names and does not locate.</summary>
    public string Uri => "urn:settlement:problem:" + Name;
}
