using System.Globalization;
using System.Text.RegularExpressions;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>The rule at the end of zone data that says how it goes on: POSIX's TZ string with RFC 8536's longer hours, such as <c>CET-1CEST,M3.5.0,M10.5.0/3</c>.</summary>
internal sealed partial class PosixZone
{
    private const int FirstYear = 1970;
    private const int LastYear = 2101;

    private readonly int standard;
    private readonly int summer;
    private readonly Rule? starts;
    private readonly Rule? ends;

    private PosixZone(int standard, int summer, Rule? starts, Rule? ends) => (this.standard, this.summer, this.starts, this.ends) = (standard, summer, starts, ends);

    /// <exception cref="FormatException">It cannot be read.</exception>
    public static PosixZone Parse(string text)
    {
        var match = Whole().Match(text);
        if (!match.Success)
            throw new FormatException($"not a POSIX time zone: {text}");
        var standard = -Seconds(match.Groups["std"].Value);
        if (!match.Groups["dst"].Success)
            return new PosixZone(standard, standard, null, null);
        var summer = match.Groups["dstoff"].Success ? -Seconds(match.Groups["dstoff"].Value) : standard + 3600;
        return new PosixZone(standard, summer, Rule.Parse(match.Groups["start"].Value), Rule.Parse(match.Groups["end"].Value));
    }

    /// <summary>All changes of the years that schedules know, in order.</summary>
    public IEnumerable<(long At, int Offset)> Changes()
    {
        if (starts is null || ends is null)
            return [(long.MinValue + 1, standard)];
        var changes = new List<(long At, int Offset)>();
        for (var year = FirstYear; year <= LastYear; year++)
        {
            changes.Add((starts.Local(year) - standard, summer));
            changes.Add((ends.Local(year) - summer, standard));
        }

        return changes.OrderBy(c => c.At);
    }

    /// <summary>Hours, minutes and seconds with a sign: <c>-1</c>, <c>5:30</c>.</summary>
    private static int Seconds(string text)
    {
        var parts = text.TrimStart('+', '-').Split(':');
        var sum = 0;
        for (var i = 0; i < 3; i++)
            sum = (sum * 60) + (i < parts.Length ? int.Parse(parts[i], CultureInfo.InvariantCulture) : 0);
        return text.StartsWith('-') ? -sum : sum;
    }

    [GeneratedRegex(@"\A(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{1,}>)(?<std>[+-]?\d{1,3}(?::\d\d){0,2})(?:(?<dst>[A-Za-z]{3,}|<[A-Za-z0-9+-]{1,}>)(?<dstoff>[+-]?\d{1,3}(?::\d\d){0,2})?,(?<start>[^,]{1,20}),(?<end>[^,]{1,20}))?\z")]
    private static partial Regex Whole();

    /// <summary>A day of the year and a local time: <c>Mm.w.d</c> (month, week, weekday; week 5 is the last), <c>Jn</c> (leap day not counted) or <c>n</c>.</summary>
    private sealed record Rule(char Kind, int[] Numbers, int Time)
    {
        public static Rule Parse(string text)
        {
            var parts = text.Split('/');
            var kind = parts[0][0] is 'M' or 'J' ? parts[0][0] : 'N';
            var numbers = parts[0].TrimStart('M', 'J').Split('.').Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
            if (parts.Length > 2 || numbers.Length != (kind == 'M' ? 3 : 1) || (kind == 'M' && (numbers[0] is < 1 or > 12 || numbers[1] is < 1 or > 5 || numbers[2] > 6)) || numbers[0] > 366)
                throw new FormatException($"not a rule: {text}");
            return new Rule(kind, numbers, parts.Length == 2 ? Seconds(parts[1]) : 7200);
        }

        /// <summary>Seconds since 1970 of the wall clock that was right until then.</summary>
        public long Local(int year) => ((long)(Day(year).DayNumber - new DateOnly(1970, 1, 1).DayNumber) * 86_400) + Time;

        private DateOnly Day(int year)
        {
            var first = new DateOnly(year, 1, 1);
            if (Kind == 'N')
                return first.AddDays(Numbers[0]);
            if (Kind == 'J')
                return first.AddDays(Numbers[0] - 1 + (DateTime.IsLeapYear(year) && Numbers[0] >= 60 ? 1 : 0));
            var month = new DateOnly(year, Numbers[0], 1);
            var day = month.AddDays((7 + Numbers[2] - (int)month.DayOfWeek) % 7).AddDays(7 * (Numbers[1] - 1));
            return day.Month == month.Month ? day : day.AddDays(-7);
        }
    }
}
