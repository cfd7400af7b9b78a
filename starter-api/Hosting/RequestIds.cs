using System.Text.RegularExpressions;

namespace Settlement.StarterApi.Hosting;

/// <summary>
/// One id per request: the caller's <c>X-Request-Id</c> when it is well formed, else a new one. It is the request's trace identifier and thereby in
/// every problem document, every log line, every audit entry, and in workflow updates that the request sends.
/// </summary>
public static partial class RequestIds
{
    public const string Header = "X-Request-Id";

    /// <summary>Gives the request its id.</summary>
    public static void Assign(HttpContext context)
    {
        var offered = context.Request.Headers[Header].ToString();
        context.TraceIdentifier = IsWellFormed(offered) ? offered : Guid.CreateVersion7().ToString();
    }

    /// <summary>Whether a caller's id is 8 to 64 characters of the alphabet that also fits a workflow update's request id.</summary>
    public static bool IsWellFormed(string id) => WellFormed().IsMatch(id);

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{8,64}\z")]
    private static partial Regex WellFormed();
}

/// <summary>Endpoint metadata: the <c>Idempotency-Key</c> header means something here.</summary>
public record TakesIdempotencyKey(bool Required);

/// <summary>The <c>Idempotency-Key</c> header, an id of the same form.</summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>The key, or the refusal.</summary>
    /// <param name="request">The request.</param>
    /// <param name="required">Whether its absence is a mistake.</param>
    /// <param name="key">The key; null when absent.</param>
    public static ApiProblem? Read(HttpRequest request, bool required, out string? key)
    {
        var values = request.Headers[Header];
        key = values.Count == 0 ? null : values.ToString();
        if (key is null)
            return required ? new ApiProblem(ProblemTypes.IdempotencyKeyMissing, "Choose a new one for each settlement, and send it again with each repeat.") : null;
        if (values.Count == 1 && RequestIds.IsWellFormed(key))
            return null;
        return new ApiProblem(
            ProblemTypes.MalformedRequest,
            errors: [new FieldError("header:" + Header, "must be one value of 8 to 64 letters, digits, '.', '_', ':', '-'")]);
    }
}
