using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Temporalio.DevServer.Visibility;

/// <summary>Values as Go prints them, because the real server's messages contain them so (package fmt, verbs %v and %q).</summary>
internal static class GoText
{
    private const int MaxLength = 2048;

    /// <summary>A decoded JSON value as %v prints it, cut where it is very long; null for a number that Go cannot hold.</summary>
    public static string? Show(JsonElement json)
    {
        var text = new StringBuilder();
        return Append(text, json) ? text.ToString() : null;
    }

    /// <summary>As %q: in double quotes, with backslashes before quotes and backslashes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text.Length > MaxLength ? text.AsSpan(0, MaxLength) : text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || char.IsSurrogate(c) => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A finite float64 as %v: the shortest digits, with an exponent below 1e-4 and from 1e+06 on.</summary>
    public static string Show(double number)
    {
        if (number == 0)
            return "0";
        var text = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var (mantissa, shift) = e < 0 ? (text, 0) : (text[..e], int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture));
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent = (point < 0 ? mantissa.Length : point) - 1 - (all.Length - digits.Length) + shift;
        digits = digits.TrimEnd('0');
        var sign = number < 0 ? "-" : "";
        if (exponent is < -4 or >= 6)
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        digits = digits.PadRight(exponent + 1, '0');
        return digits.Length == exponent + 1 ? sign + digits : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static bool Append(StringBuilder text, JsonElement json)
    {
        if (text.Length > MaxLength)
            return true;
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                text.Append(Text(json));
                return true;
            case JsonValueKind.Number:
                if (!json.TryGetDouble(out var number) || !double.IsFinite(number))
                    return false;
                text.Append(Show(number));
                return true;
            case JsonValueKind.Array:
                return AppendAll(text, "[", json.EnumerateArray().Select(e => ((string?)null, e)), "]");
            case JsonValueKind.Object:
                return AppendAll(text, "map[", json.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => ((string?)p.Name, p.Value)), "]");
            case JsonValueKind.Null:
                text.Append("<nil>");
                return true;
            default:
                text.Append(json.GetBoolean() ? "true" : "false");
                return true;
        }
    }

    private static string Text(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate; Go shows the replacement character.
            return "\uFFFD";
        }
    }

    private static bool AppendAll(StringBuilder text, string open, IEnumerable<(string? Name, JsonElement Value)> items, string close)
    {
        text.Append(open);
        var first = true;
        foreach (var (name, value) in items)
        {
            if (!first)
                text.Append(' ');
            first = false;
            if (name is not null)
                text.Append(name).Append(':');
            if (!Append(text, value))
                return false;
        }

        text.Append(close);
        return true;
    }
}
