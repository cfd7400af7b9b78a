namespace Settlement.Domain;

/// <summary>
/// When a rail settles a currency: between opening and cut-off, local time of an IANA zone, on the business days of its
/// calendar. The cut-off instant itself belongs to the next business day.
/// </summary>
/// <param name="Rail">For example <c>T2</c>, <c>FEDWIRE</c>, <c>SAMPLE-24X7</c>.</param>
/// <param name="Currency">Which currency.</param>
/// <param name="CalendarCode">Whose business days.</param>
/// <param name="ZoneId">IANA zone of the two times.</param>
/// <param name="Opens">Local opening time.</param>
/// <param name="CutOff">Local cut-off; null: the end of the day (24:00).</param>
/// <param name="Version">Raised with every change.</param>
public sealed record SettlementWindow(
    string Rail, Currency Currency, string CalendarCode, string ZoneId, TimeOnly Opens, TimeOnly? CutOff, int Version = 1)
{
    /// <summary>Cut-offs moved for one day (local date → local cut-off), announced during that day.</summary>
    public IReadOnlyDictionary<DateOnly, TimeOnly> Extensions { get; init; } = new Dictionary<DateOnly, TimeOnly>();

    /// <summary>Open every minute of every day, in UTC.</summary>
    public static SettlementWindow AlwaysOpen(Currency currency) =>
        new(CalendarRules.AlwaysOpen, currency, CalendarRules.AlwaysOpen, "UTC", TimeOnly.MinValue, null);

    /// <summary>The instant at which the window opens on a local date, business day or not.</summary>
    public DateTimeOffset OpensAt(DateOnly date) => BusinessZone.Instant(BusinessZone.Of(ZoneId), date, Opens);

    /// <summary>The instant of the cut-off on a local date, business day or not.</summary>
    public DateTimeOffset CutOffAt(DateOnly date)
    {
        var zone = BusinessZone.Of(ZoneId);
        if (Extensions.TryGetValue(date, out var extended))
            return BusinessZone.Instant(zone, date, extended);
        return CutOff is { } time
            ? BusinessZone.Instant(zone, date, time)
            : BusinessZone.Instant(zone, date.AddDays(1), TimeOnly.MinValue);
    }

    /// <summary>The business date to which an instant belongs: today before the cut-off, else the next business day.</summary>
    public DateOnly BusinessDate(DateTimeOffset instant, BusinessCalendar calendar)
    {
        var date = BusinessZone.LocalDate(BusinessZone.Of(ZoneId), instant);
        return calendar.IsBusinessDay(date) && instant < CutOffAt(date) ? date : calendar.After(date);
    }

    /// <summary>Whether a transfer can be sent at this instant.</summary>
    public bool IsOpen(DateTimeOffset instant, BusinessCalendar calendar)
    {
        var date = BusinessZone.LocalDate(BusinessZone.Of(ZoneId), instant);
        return calendar.IsBusinessDay(date) && instant >= OpensAt(date) && instant < CutOffAt(date);
    }

    /// <summary>The instant itself if the window is open, else its next opening; not before <paramref name="valueDate"/> opens.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset instant, DateOnly valueDate, BusinessCalendar calendar)
    {
        var date = BusinessDate(instant, calendar);
        if (date < valueDate)
            date = calendar.OnOrAfter(valueDate);
        var opens = OpensAt(date);
        return instant < opens ? opens : instant;
    }
}
