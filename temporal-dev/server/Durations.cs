using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;

namespace Temporalio.DevServer;

/// <summary>Durations and times of protobuf, and durations as Go writes them, as .NET ones, and back. What does not fit is cut to the largest that does.</summary>
internal static partial class Durations
{
    /// <summary>The longest that the real server keeps: 100 years.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(100 * 365);

    /// <summary>The duration, 0 if there is none.</summary>
    public static TimeSpan Span(Duration? duration)
    {
        if (duration is null)
            return TimeSpan.Zero;
        var ticks = (Int128)duration.Seconds * TimeSpan.TicksPerSecond + duration.Nanos / 100;
        return ticks > Max.Ticks ? Max : ticks < -Max.Ticks ? -Max : new TimeSpan((long)ticks);
    }

    public static Duration Of(TimeSpan span) => Duration.FromTimeSpan(span);

    /// <summary>The smaller one; 0 counts as none.</summary>
    public static TimeSpan Min(TimeSpan a, TimeSpan b) => a == TimeSpan.Zero ? b : b == TimeSpan.Zero ? a : a < b ? a : b;

    /// <summary>The time after the span, at most the last one there is.</summary>
    public static DateTimeOffset Add(DateTimeOffset time, TimeSpan span) => span > DateTimeOffset.MaxValue - time ? DateTimeOffset.MaxValue : time + span;

    public static Timestamp Stamp(DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    /// <summary>The earlier one; null counts as never.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a < b ? a : b;

    /// <summary>What is wrong with a duration from outside, in the real server's words, or null.</summary>
    public static string? WhyNot(Duration? duration)
    {
        if (duration is null)
            return null;
        if (duration.Seconds < 0 || duration.Nanos < 0)
            return "negative duration";
        return duration.Nanos > 999_999_999 || duration.Seconds > 315_576_000_000 ? "duration out of range" : null;
    }

    /// <summary>Nanoseconds of a duration as Go writes it, <c>1h30m</c>, with days (<c>2d</c>) as Temporal adds to it.</summary>
    /// <exception cref="FormatException">It is none; with Go's message.</exception>
    public static decimal NanosecondsOfGo(string text)
    {
        var rest = text.TrimStart('+', '-');
        if (rest == "0")
            return 0;
        if (!GoDuration().IsMatch(rest))
            throw new FormatException(GoDigits().IsMatch(rest) ? $"time: missing unit in duration \"{text}\"" : $"time: invalid duration \"{text}\"");
        // Summed up in ticks: nanoseconds of fifteen digits' days would be too many even for a decimal.
        var ticks = GoDurationPart().Matches(rest).Sum(part => decimal.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture) * TicksOfGoUnit(part.Groups[2].Value, text));
        return ticks <= long.MaxValue / 100 ? ticks * (text.StartsWith('-') ? -100 : 100) : throw new FormatException($"time: invalid duration \"{text}\"");
    }

    private static decimal TicksOfGoUnit(string unit, string text) => unit switch
    {
        "ns" => 0.01m,
        "us" or "µs" or "μs" => TimeSpan.TicksPerMicrosecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        "d" => TimeSpan.TicksPerDay,
        _ => throw new FormatException($"time: unknown unit \"{unit}\" in duration \"{text}\""),
    };

    [GeneratedRegex(@"\A([0-9]{1,15}(\.[0-9]{0,9})?[^0-9.]{1,8}){1,8}\z")]
    private static partial Regex GoDuration();

    [GeneratedRegex(@"([0-9]+(?:\.[0-9]*)?)([^0-9.]+)")]
    private static partial Regex GoDurationPart();

    [GeneratedRegex(@"\A[0-9]{1,18}(\.[0-9]{0,9})?\z")]
    private static partial Regex GoDigits();
}
