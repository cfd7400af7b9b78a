using System.Collections.Frozen;

namespace Settlement.Domain;

/// <summary>
/// One published version of a place's business days. Dates outside <see cref="ValidFrom"/>…<see cref="ValidTo"/> are
/// refused: a calendar that has not been published for a day says nothing about it.
/// </summary>
public sealed class BusinessCalendar
{
    private readonly FrozenSet<DateOnly> holidays;
    private readonly FrozenSet<DayOfWeek> weekend;

    public BusinessCalendar(
        string code, int version, DateOnly validFrom, DateOnly validTo, IEnumerable<DayOfWeek> weekend, IEnumerable<DateOnly> holidays)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        if (validTo < validFrom)
            throw new ArgumentException($"Calendar {code} ends before it begins.", nameof(validTo));
        Code = code;
        Version = version;
        ValidFrom = validFrom;
        ValidTo = validTo;
        this.weekend = weekend.ToFrozenSet();
        this.holidays = holidays.ToFrozenSet();
    }

    /// <summary>For example <c>TARGET</c>; a joint calendar has the codes joined by <c>+</c>.</summary>
    public string Code { get; }

    /// <summary>Raised with every publication; settlements record the one they were scheduled with.</summary>
    public int Version { get; }

    /// <summary>First day for which it speaks.</summary>
    public DateOnly ValidFrom { get; }

    /// <summary>Last day for which it speaks.</summary>
    public DateOnly ValidTo { get; }

    public IReadOnlySet<DateOnly> Holidays => holidays;

    public IReadOnlySet<DayOfWeek> Weekend => weekend;

    /// <exception cref="SettlementException"><see cref="SettlementFailure.CalendarExpired"/> outside the published range.</exception>
    public bool IsBusinessDay(DateOnly date)
    {
        if (date < ValidFrom || date > ValidTo)
            throw new SettlementException(SettlementFailure.CalendarExpired,
                $"Calendar {Code} is published from {ValidFrom:yyyy-MM-dd} to {ValidTo:yyyy-MM-dd}; {date:yyyy-MM-dd} lies outside.");
        return !weekend.Contains(date.DayOfWeek) && !holidays.Contains(date);
    }

    /// <summary>The date itself if it is a business day, else the next one.</summary>
    public DateOnly OnOrAfter(DateOnly date)
    {
        while (!IsBusinessDay(date))
            date = date.AddDays(1);
        return date;
    }

    /// <summary>The next business day after the date.</summary>
    public DateOnly After(DateOnly date) => OnOrAfter(date.AddDays(1));

    /// <summary>
    /// T+n: the business day <paramref name="days"/> business days after (before, if negative) the date. A start that is
    /// no business day counts from the next one (the previous one, if negative); n = 0 gives that day.
    /// </summary>
    public DateOnly AddBusinessDays(DateOnly date, int days)
    {
        var step = days < 0 ? -1 : 1;
        while (!IsBusinessDay(date))
            date = date.AddDays(step);
        for (var left = Math.Abs(days); left > 0; left--)
        {
            do
                date = date.AddDays(step);
            while (!IsBusinessDay(date));
        }

        return date;
    }

    /// <summary>Business days after <paramref name="from"/> up to and including <paramref name="to"/>; 0 if not later.</summary>
    public int BusinessDaysBetween(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var date = from.AddDays(1); date <= to; date = date.AddDays(1))
            count += IsBusinessDay(date) ? 1 : 0;
        return count;
    }

    /// <summary>
    /// The joint calendar of all currencies and places involved: a day counts only if it counts everywhere, and the
    /// validity is what all have in common. Its version is the sum of the parts', so that any new version shows.
    /// </summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.CalendarExpired"/> if the ranges do not overlap.</exception>
    public static BusinessCalendar Joint(params IReadOnlyCollection<BusinessCalendar> calendars)
    {
        var parts = calendars.DistinctBy(part => part.Code).OrderBy(part => part.Code, StringComparer.Ordinal).ToArray();
        if (parts.Length == 0)
            throw new ArgumentException("A joint calendar has at least one part.", nameof(calendars));
        if (parts.Length == 1)
            return parts[0];
        var from = parts.Max(part => part.ValidFrom);
        var to = parts.Min(part => part.ValidTo);
        var code = string.Join('+', parts.Select(part => part.Code));
        if (to < from)
            throw new SettlementException(SettlementFailure.CalendarExpired, $"The calendars {code} have no published day in common.");
        return new BusinessCalendar(code, parts.Sum(part => part.Version), from, to,
            parts.SelectMany(part => part.weekend).Distinct(), parts.SelectMany(part => part.holidays).Distinct());
    }
}
