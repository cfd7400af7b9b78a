using System.Globalization;
using System.Text.RegularExpressions;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>Durations as Go writes them, <c>1h30m</c>, and days (<c>2d</c>) as Temporal adds to them.</summary>
internal static partial class GoDuration
{
    /// <exception cref="InvalidScheduleSpecException">It cannot be read, or does not fit; with Go's message.</exception>
    public static TimeSpan Parse(string text)
    {
        var negative = text.StartsWith('-');
        var rest = text.TrimStart('+', '-');
        if (rest == "0")
            return TimeSpan.Zero;
        if (!Whole().IsMatch(rest))
            throw new InvalidScheduleSpecException(Digits().IsMatch(rest) ? $"time: missing unit in duration \"{text}\"" : $"time: invalid duration \"{text}\"");
        decimal ticks = 0;
        foreach (Match part in Part().Matches(rest))
            ticks += decimal.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture) * Unit(part.Groups[2].Value, text);
        return ticks <= long.MaxValue / 100 ? TimeSpan.FromTicks((long)(negative ? -ticks : ticks)) : throw new InvalidScheduleSpecException($"time: invalid duration \"{text}\"");
    }

    private static decimal Unit(string unit, string text) => unit switch
    {
        "ns" => 0.01m,
        "us" or "µs" or "μs" => TimeSpan.TicksPerMicrosecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        "d" => TimeSpan.TicksPerDay,
        _ => throw new InvalidScheduleSpecException($"time: unknown unit \"{unit}\" in duration \"{text}\""),
    };

    [GeneratedRegex(@"\A([0-9]{1,15}(\.[0-9]{0,9})?[^0-9.]{1,8}){1,8}\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"([0-9]+(?:\.[0-9]*)?)([^0-9.]+)")]
    private static partial Regex Part();

    [GeneratedRegex(@"\A[0-9]{1,18}(\.[0-9]{0,9})?\z")]
    private static partial Regex Digits();
}
