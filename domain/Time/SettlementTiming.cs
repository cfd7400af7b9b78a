namespace Settlement.Domain;

/// <summary>
/// All dates and instants of one settlement, computed once and recorded with it; computed again only when a calendar or
/// a window changes while it is open.
/// </summary>
/// <param name="TradeDate">Cut-off-adjusted business date of the trade or request.</param>
/// <param name="ValueDate">Business date on which it is to settle: T+n, or the date asked for.</param>
/// <param name="OpensAt">Not sent before this instant.</param>
/// <param name="DueAt">The cut-off of the value date.</param>
/// <param name="WarningAt">Overdue: the cut-off one business day later.</param>
/// <param name="CriticalAt">Critically overdue: the cut-off three business days later.</param>
/// <param name="CalendarVersion">With which version of the joint calendar.</param>
/// <param name="WindowVersion">With which version of the window.</param>
public sealed record SettlementTiming(
    DateOnly TradeDate,
    DateOnly ValueDate,
    DateTimeOffset OpensAt,
    DateTimeOffset DueAt,
    DateTimeOffset WarningAt,
    DateTimeOffset CriticalAt,
    int CalendarVersion,
    int WindowVersion)
{
    /// <summary>Business days from trade to settlement of a purchase.</summary>
    public const int PurchaseDays = 3;

    /// <summary>Computes the timing of a settlement.</summary>
    /// <param name="asOf">Business time of the request.</param>
    /// <param name="window">Window of rail and currency.</param>
    /// <param name="calendar">Joint calendar of all places involved.</param>
    /// <param name="settlementDays">n of T+n; 0 for a cash payment.</param>
    /// <param name="statedTradeDate">A trade date given by the caller; null: the business date of <paramref name="asOf"/>.</param>
    /// <param name="statedValueDate">A value date given by the caller; null: T+n. It must be a business day.</param>
    /// <param name="overdue">When to escalate; null: 1 and 3 business days.</param>
    /// <exception cref="SettlementException">
    /// <see cref="SettlementFailure.CalendarExpired"/> or <see cref="SettlementFailure.ValueDateInvalid"/>.
    /// </exception>
    public static SettlementTiming Compute(
        DateTimeOffset asOf,
        SettlementWindow window,
        BusinessCalendar calendar,
        int settlementDays,
        DateOnly? statedTradeDate = null,
        DateOnly? statedValueDate = null,
        OverdueDays? overdue = null)
    {
        var tradeDate = statedTradeDate is { } stated ? calendar.OnOrAfter(stated) : window.BusinessDate(asOf, calendar);
        var valueDate = statedValueDate ?? calendar.AddBusinessDays(tradeDate, settlementDays);
        if (!calendar.IsBusinessDay(valueDate))
            throw new SettlementException(SettlementFailure.ValueDateInvalid, $"{valueDate:yyyy-MM-dd} is no business day of {calendar.Code}.");
        var days = overdue ?? new OverdueDays();
        return new SettlementTiming(
            tradeDate,
            valueDate,
            window.OpensAt(valueDate),
            window.CutOffAt(valueDate),
            window.CutOffAt(calendar.AddBusinessDays(valueDate, days.Warning)),
            window.CutOffAt(calendar.AddBusinessDays(valueDate, days.Critical)),
            calendar.Version,
            window.Version);
    }
}
