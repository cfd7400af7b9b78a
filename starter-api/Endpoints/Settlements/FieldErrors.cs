using System.Text.RegularExpressions;
using Settlement.StarterApi.Problems;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>Collects what is wrong with a request, so that the caller hears of all mistakes at once.</summary>
public sealed partial class FieldErrors
{
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> All => errors;

    public bool Any => errors.Count > 0;

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
