using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Settlement.StarterApi.Problems;

/// <summary>Collects what is wrong with a request, so that the caller hears of all mistakes at once.</summary>
public sealed partial class FieldErrors
{
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> All => errors;

    public bool Any => errors.Count > 0;

    /// <summary>The refusal with all of them; null when nothing is wrong.</summary>
    public ApiProblem? Problem(ProblemType? type = null) => Any ? new ApiProblem(type ?? ProblemTypes.ValidationFailed, errors: errors) : null;

    public void Add(string place, string detail) => errors.Add(new FieldError(place, detail));

    /// <summary>An identifier of ours: letters, digits, <c>. _ : -</c>.</summary>
    public void RequireIdentifier(string place, string? text, int maxLength = 64)
    {
        if (text is null || text.Length == 0 || text.Length > maxLength || !Identifier().IsMatch(text))
            Add(place, $"must be 1 to {maxLength} of letters, digits, '.', '_', ':', '-'");
    }

    /// <summary>Text of the SWIFT x character set, which every bank can carry.</summary>
    public void RequireBankText(string place, string? text, int maxLength)
    {
        if (text is null || text.Length > maxLength || !BankText().IsMatch(text))
            Add(place, $"must be 1 to {maxLength} of letters, digits, spaces and / - ? : ( ) . , ' + (not only spaces)");
    }

    /// <summary>Words of a person: one line or more, no control characters but line breaks and tabs.</summary>
    public void RequireProse(string place, string? text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > maxLength)
            Add(place, $"must be 1 to {maxLength} characters");
        else if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || !IsWellFormed(text))
            Add(place, "must not hold control characters or broken Unicode");
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i]))
                return false;
        }

        return true;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]+\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\A(?=.*[^ ])[A-Za-z0-9/\-?:().,'+ ]+\z")]
    private static partial Regex BankText();
}

/// <summary>One wrong member of a request.</summary>
/// <param name="Place">JSON pointer (RFC 6901) into the body, or <c>header:Name</c>, or <c>query:name</c>.</param>
/// <param name="Detail">What is wrong and what would be right. Never echoes a secret.</param>
public sealed record FieldError([property: JsonPropertyName("pointer")] string Place, string Detail);
