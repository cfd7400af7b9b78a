using System.Globalization;
using Temporalio.Api.Schedule.V1;
using Field = Google.Protobuf.Collections.RepeatedField<Temporalio.Api.Schedule.V1.Range>;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>
/// The text form of a calendar's field: <c>*</c>, <c>x</c>, <c>x-z</c>, each with <c>/step</c>, joined by commas; months and days of the week also by
/// name. Messages are the real server's.
/// </summary>
internal static class CalendarFields
{
    public const int MinYear = 2000;
    public const int MaxYear = 2100;

    private static readonly string[] Months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    private static readonly string[] Days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>Reads all fields. What is empty means every year, month and day, and zero hours, minutes and seconds.</summary>
    /// <exception cref="InvalidScheduleSpecException">A field cannot be read.</exception>
    public static StructuredCalendarSpec Parse(CalendarSpec calendar)
    {
        var parsed = new StructuredCalendarSpec { Comment = calendar.Comment };
        // Every year is the same as no word about years.
        if (calendar.Year.Trim() is { Length: > 0 } year && year != "*")
            Read(parsed.Year, "Year", year, "*", MinYear, MaxYear, []);
        Read(parsed.Month, "Month", calendar.Month, "*", 1, 12, Months);
        Read(parsed.DayOfMonth, "DayOfMonth", calendar.DayOfMonth, "*", 1, 31, []);
        Read(parsed.DayOfWeek, "DayOfWeek", calendar.DayOfWeek, "*", 0, 7, Days);
        SundayIsZero(parsed.DayOfWeek);
        Read(parsed.Hour, "Hour", calendar.Hour, "0", 0, 23, []);
        Read(parsed.Minute, "Minute", calendar.Minute, "0", 0, 59, []);
        Read(parsed.Second, "Second", calendar.Second, "0", 0, 59, []);
        return parsed;
    }

    private static void Read(Field ranges, string name, string text, string whenEmpty, int min, int max, string[] names)
    {
        text = text.Trim();
        foreach (var part in (text.Length == 0 ? whenEmpty : text).Split(','))
            ranges.Add(ReadPart(name, part, min, max, names));
    }

    private static Api.Schedule.V1.Range ReadPart(string name, string part, int min, int max, string[] names)
    {
        var slashes = part.Split('/');
        if (slashes.Length > 2)
            throw new InvalidScheduleSpecException($"{name} has too many slashes");
        var step = 1;
        if (slashes.Length == 2 && (!TryNumber(slashes[1], out step) || step < 1))
            throw new InvalidScheduleSpecException($"{name} has invalid Step");
        var (start, end) = (min, max);
        if (slashes[0] != "*")
        {
            var dashes = slashes[0].Split('-');
            if (dashes.Length > 2)
                throw new InvalidScheduleSpecException($"{name} has too many dashes");
            if (!TryValue(dashes[0], min, max, names, out start))
                throw new InvalidScheduleSpecException($"{name}{(dashes.Length == 2 ? " Start" : "")} is not in range [{min}-{max}]");
            // A single value with a step goes on to the end.
            end = slashes.Length == 2 ? max : start;
            if (dashes.Length == 2 && !TryValue(dashes[1], start, max, names, out end))
                throw new InvalidScheduleSpecException($"{name} End is before Start or not in range [{min}-{max}]");
        }

        return new Api.Schedule.V1.Range { Start = start, End = end, Step = step };
    }

    /// <summary>A number, or the beginning of a name (three letters of a month, two of a day).</summary>
    private static bool TryValue(string text, int min, int max, string[] names, out int value)
    {
        var first = names.Length == 12 ? 1 : 0;
        var index = names.Length > 0 && text.Length >= (first == 1 ? 3 : 2) ? Array.FindIndex(names, n => n.StartsWith(text, StringComparison.OrdinalIgnoreCase)) : -1;
        if (index >= 0)
            value = index + first;
        else if (!TryNumber(text, out value))
            return false;
        return value >= min && value <= max;
    }

    private static bool TryNumber(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>
    /// Sunday may be written as 7 and is kept as 0, in a range of its own before the rest of the one that reached it. Not so, on the real server and
    /// therefore here, where all days from 0 or 1 on are meant: <c>1-7</c> leaves Sunday out.
    /// </summary>
    private static void SundayIsZero(Field ranges)
    {
        for (var i = 0; i < ranges.Count; i++)
        {
            var range = ranges[i];
            if (range.End != 7)
                continue;
            var reaches = (7 - range.Start) % range.Step == 0;
            range.End = 6;
            if (!reaches || (range.Start <= 1 && range.Step == 1))
                continue;
            ranges.Insert(i, new Api.Schedule.V1.Range { Start = 0, End = 0, Step = 1 });
            i++;
            if (range.Start == 7)
                ranges.RemoveAt(i--);
        }
    }
}
