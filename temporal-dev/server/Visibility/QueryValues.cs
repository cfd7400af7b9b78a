using System.Globalization;
using System.Text.RegularExpressions;

namespace Temporalio.DevServer.Visibility;

/// <summary>Turns a written value into one of the field's type: string, long, double, bool or DateTimeOffset (UTC).</summary>
internal static partial class QueryValues
{
    private const long NanosecondsPerTick = 100;

    /// <exception cref="InvalidQueryException">The value is not of the field's type.</exception>
    public static object Convert(SearchField field, Token token)
    {
        // What cannot be stored cannot be found, and must not reach the database as a parameter.
        if (!Storage.StorableText.IsStorable(token.Text))
            throw InvalidQueryException.Expression($"invalid value for search attribute {field.Name}: it is no storable text");
        if (token.Kind == TokenKind.Number && !IsNumber(token.Text))
            throw InvalidQueryException.Expression($"unable to parse value \"{token.Text}\"");
        if (field.Name == SystemFields.ExecutionStatus && token.Kind is TokenKind.Text or TokenKind.Number)
            return Status(token);
        if (field.Name == SystemFields.ExecutionDuration && token.Kind is TokenKind.Text or TokenKind.Number)
            return Duration(token);
        return field.Type switch
        {
            IndexedValueType.Keyword or IndexedValueType.KeywordList when token.Kind == TokenKind.Text => token.Text,
            IndexedValueType.Text when token.Kind == TokenKind.Text => TextWords.Of(token.Text).Count > 0
                ? token.Text
                : throw InvalidQueryException.Expression($"no tokens found filtering on Text type search attribute {field.Name}"),
            IndexedValueType.Int when token.Kind == TokenKind.Number => long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? (object)number : Float(token),
            IndexedValueType.Double when token.Kind == TokenKind.Number => Float(token),
            IndexedValueType.Bool when token.Kind == TokenKind.Word => token.Is("true"),
            IndexedValueType.Datetime when token.Kind is TokenKind.Text or TokenKind.Number => Instant(field, token),
            _ => throw WrongType(field, token),
        };
    }

    /// <summary>Reads RFC 3339.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (!Rfc3339().IsMatch(text) || !DateTimeOffset.TryParse(Fraction().Replace(text, "$1"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read))
            return false;
        instant = read.ToUniversalTime();
        return true;
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private static double Float(Token token) => double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The number of a status; orders compare numbers.</summary>
    private static object Status(Token token)
    {
        if (token.Kind == TokenKind.Number)
        {
            if (!long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code))
                throw FloatFor(SystemFields.ExecutionStatus);
            return code is > 0 and < int.MaxValue && Enum.IsDefined((WorkflowExecutionStatus)code) ? code : throw InvalidQueryException.Expression($"invalid ExecutionStatus value {token.Text}");
        }

        return token.Kind == TokenKind.Text && Enum.TryParse<WorkflowExecutionStatus>(token.Text, out var status) && status.ToString() == token.Text && status != WorkflowExecutionStatus.Unspecified
            ? (long)status
            : throw InvalidQueryException.Expression($"invalid ExecutionStatus value '{token.Text}'");
    }

    private static DateTimeOffset Instant(SearchField field, Token token)
    {
        if (token.Kind == TokenKind.Number)
        {
            return long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nanoseconds)
                ? DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick)
                : throw WrongType(field, token);
        }

        return TryInstant(token.Text, out var instant) ? instant : throw Unparsable(token);
    }

    /// <summary>Nanoseconds: a whole number, or a duration such as <c>1h30m</c>, <c>2d</c> or <c>01:30:00</c>.</summary>
    private static object Duration(Token token)
    {
        var text = token.Text;
        if (token.Kind == TokenKind.Number)
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw FloatFor(SystemFields.ExecutionDuration);
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nanoseconds))
            return nanoseconds;
        if (Clock().Match(text) is { Success: true } clock)
            return ((Part(clock, 1) * 3600) + (Part(clock, 2) * 60) + Part(clock, 3)) * 1_000_000_000;
        try
        {
            return (long)Durations.NanosecondsOfGo(text);
        }
        catch (FormatException)
        {
            throw BadDuration(text);
        }
    }

    private static InvalidQueryException WrongType(SearchField field, Token token) =>
        InvalidQueryException.Expression($"invalid value type for search attribute {field.Name} of type {field.Type}: {Shown(token)} (type: {TypeName(token)})");

    private static InvalidQueryException FloatFor(string field) => InvalidQueryException.Expression($"unexpected value type float64 for search attribute {field}");

    private static long Part(Match match, int group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static InvalidQueryException BadDuration(string text) => InvalidQueryException.Expression($"invalid duration value for search attribute {SystemFields.ExecutionDuration}: {text}");

    private static InvalidQueryException Unparsable(Token token) => InvalidQueryException.Expression($"unable to parse datetime '{token.Text}'");

    private static string Shown(Token token) => token.Kind == TokenKind.Text ? $"\"{token.Text}\"" : token.Text;

    private static string TypeName(Token token) => token.Kind switch
    {
        TokenKind.Text => "string",
        TokenKind.Word => "bool",
        _ => token.Text.AsSpan().IndexOfAny(".eE") < 0 ? "int64" : "float64",
    };

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex Rfc3339();

    /// <summary>Digits beyond 100 ns, which is as fine as times are kept.</summary>
    [GeneratedRegex(@"(\.\d{7})\d+")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\A(\d{1,6}):([0-5]\d):([0-5]\d)\z")]
    private static partial Regex Clock();
}
