using System.Text.RegularExpressions;
using Settlement.StarterApi.Problems;

namespace Settlement.StarterApi.Hosting;

/// <summary>The <c>Idempotency-Key</c> header: 8 to 64 characters that also fit a workflow update's request id.</summary>
public static partial class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>The key, or the refusal.</summary>
    /// <param name="request">The request.</param>
    /// <param name="required">Whether its absence is a mistake.</param>
    /// <param name="key">The key; null when absent.</param>
    public static ApiProblem? Read(HttpRequest request, bool required, out string? key)
    {
        ArgumentNullException.ThrowIfNull(request);
        var values = request.Headers[Header];
        key = values.Count == 0 ? null : values.ToString();
        if (key is null)
            return required ? new ApiProblem(ProblemTypes.IdempotencyKeyMissing, "Choose a new one for each settlement, and send it again with each repeat.") : null;
        if (values.Count == 1 && Form().IsMatch(key))
            return null;
        return new ApiProblem(
            ProblemTypes.MalformedRequest,
            errors: [new FieldError("header:" + Header, "must be one value of 8 to 64 letters, digits, '.', '_', ':', '-'")]);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{8,64}\z")]
    private static partial Regex Form();
}
