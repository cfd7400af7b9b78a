namespace Settlement.Domain;

/// <summary>Turns local business times into instants, with the rules for the two strange hours of the year stated once.</summary>
public static class BusinessZone
{
    /// <exception cref="SettlementException"><see cref="SettlementFailure.UnknownWindow"/>: no such IANA zone.</exception>
    public static TimeZoneInfo Of(string ianaId) => TimeZoneInfo.TryFindSystemTimeZoneById(ianaId, out var zone) && zone.HasIanaId
        ? zone
        : throw new SettlementException(SettlementFailure.UnknownWindow, "The time zone of the window is not an IANA zone known here.");

    /// <summary>
    /// The instant of a local time. A time that occurs twice (autumn) means its first occurrence: the earlier instant is the
    /// safe reading of a cut-off. A time that does not occur (spring) moves on by the length of the gap.
    /// </summary>
    public static DateTimeOffset Instant(TimeZoneInfo zone, DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            // The offset just before the gap still gives an instant; in local terms that is the time moved on by the gap.
            var before = zone.GetUtcOffset(DateTime.SpecifyKind(local.AddDays(-1), DateTimeKind.Unspecified));
            return new DateTimeOffset(local, before).ToUniversalTime();
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The local date of an instant.</summary>
    public static DateOnly LocalDate(TimeZoneInfo zone, DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
