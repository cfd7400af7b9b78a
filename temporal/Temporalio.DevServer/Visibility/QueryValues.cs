using System.Globalization;
using System.Text.RegularExpressions;
using Temporalio.Api.Enums.V1;

namespace Temporalio.DevServer.Visibility;

/// <summary>Turns a written value into one of the field's type: string, long, double, bool or DateTimeOffset (UTC).</summary>
internal static partial class QueryValues
{
    private const long NanosecondsPerTick = 100;

    private static readonly Dictionary<string, long> DurationUnits = new(StringComparer.Ordinal)
    {
        ["ns"] = 1,
        ["us"] = 1_000,
        ["µs"] = 1_000,
        ["ms"] = 1_000_000,
        ["s"] = 1_000_000_000,
        ["m"] = 60_000_000_000,
        ["h"] = 3_600_000_000_000,
    };

    /// <exception cref="InvalidQueryException">The value is not of the field's type.</exception>
    public static object Convert(SearchField field, Token token)
    {
        // What cannot be stored cannot be found, and must not reach the database as a parameter.
        if (!Storage.StorableText.IsStorable(token.Text))
            throw InvalidQueryException.Expression($"invalid value for search attribute {field.Name}: it is no storable text");
        if (field.Name == SystemFields.ExecutionStatus)
            return Status(token);
        if (field.Name == SystemFields.ExecutionDuration && token.Kind == TokenKind.Text)
            return Duration(token.Text);
        return field.Type switch
        {
            IndexedValueType.Keyword or IndexedValueType.KeywordList or IndexedValueType.Text when token.Kind == TokenKind.Text => token.Text,
            IndexedValueType.Int when token.Kind == TokenKind.Number && long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            IndexedValueType.Double when token.Kind == TokenKind.Number && double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            IndexedValueType.Bool when token.Kind == TokenKind.Word => token.Is("true"),
            IndexedValueType.Datetime when token.Kind is TokenKind.Text or TokenKind.Number => Instant(token),
            _ => throw InvalidQueryException.Expression($"invalid value type for search attribute {field.Name} of type {field.Type}: {Shown(token)} (type: {TypeName(token)})"),
        };
    }

    private static string Status(Token token)
    {
        if (token.Kind == TokenKind.Number && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code > 0 && Enum.IsDefined((WorkflowExecutionStatus)code))
            return ((WorkflowExecutionStatus)code).ToString();
        return token.Kind == TokenKind.Text && Enum.TryParse<WorkflowExecutionStatus>(token.Text, out var status) && status.ToString() == token.Text && status != WorkflowExecutionStatus.Unspecified
            ? token.Text
            : throw InvalidQueryException.Expression($"invalid ExecutionStatus value '{token.Text}'");
    }

    private static DateTimeOffset Instant(Token token)
    {
        if (token.Kind == TokenKind.Number)
        {
            return long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nanoseconds)
                ? DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick)
                : throw Unparsable(token);
        }

        return Rfc3339().IsMatch(token.Text) && DateTimeOffset.TryParse(token.Text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant)
            ? instant.ToUniversalTime()
            : throw Unparsable(token);
    }

    /// <summary>Nanoseconds of a duration such as <c>1h30m</c> or <c>01:30:00</c>.</summary>
    private static long Duration(string text)
    {
        if (TimeSpan.TryParseExact(text, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out var clock))
            return clock.Ticks * NanosecondsPerTick;
        if (!GoDuration().IsMatch(text))
            throw InvalidQueryException.Expression($"invalid value for search attribute {SystemFields.ExecutionDuration}: '{text}'");
        decimal sum = 0;
        foreach (Match part in GoDurationPart().Matches(text))
            sum += decimal.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture) * DurationUnits[part.Groups[2].Value];
        return sum <= long.MaxValue ? (long)sum : throw InvalidQueryException.Expression($"invalid value for search attribute {SystemFields.ExecutionDuration}: '{text}'");
    }

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

    [GeneratedRegex(@"\A([0-9]{1,12}(\.[0-9]{1,12})?(ns|us|µs|ms|s|m|h)){1,8}\z")]
    private static partial Regex GoDuration();

    [GeneratedRegex(@"([0-9]+(?:\.[0-9]+)?)(ns|us|µs|ms|s|m|h)")]
    private static partial Regex GoDurationPart();
}
