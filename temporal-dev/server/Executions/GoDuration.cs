using System.Buffers;
using System.Globalization;

namespace Temporalio.DevServer.Executions;

/// <summary>Durations as Go writes them: 1h30m, 1.5s, 300ms.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Parse(string text)
    {
        var rest = text.AsSpan();
        var seconds = 0.0;
        if (rest.IsEmpty)
            throw Wrong(text);
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                throw Wrong(text);
            rest = rest[digits..];
            var length = rest.IndexOfAny(Digits);
            var unit = length < 0 ? rest : rest[..length];
            seconds += number * Seconds(unit, text);
            rest = rest[unit.Length..];
        }

        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : throw Wrong(text);
    }

    private static double Seconds(ReadOnlySpan<char> unit, string text) => unit switch
    {
        "ns" => 1e-9,
        "us" or "µs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => throw Wrong(text),
    };

    private static FormatException Wrong(string text) => new($"failed to parse duration {text}");
}
