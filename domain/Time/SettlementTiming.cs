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

    /// <summary>
    /// The timing after calendars or windows have changed. Before its release everything is computed as if the new data had been known at the
    /// request, so that an extended cut-off lets a payment go today; a stated value date that has become a holiday moves on. After its release
    /// trade and value date are facts: only the instants that hang on the value date follow the new data.
    /// </summary>
    /// <param name="recorded">What was computed before.</param>
    /// <param name="released">Funds are locked, or were.</param>
    /// <param name="asOf">Business time of the request.</param>
    /// <param name="window">Window of rail and currency, as it is now.</param>
    /// <param name="calendar">Joint calendar, as it is now.</param>
    /// <param name="settlementDays">n of T+n.</param>
    /// <param name="statedTradeDate">A trade date given by the caller.</param>
    /// <param name="statedValueDate">A value date given by the caller.</param>
    /// <param name="overdue">When to escalate.</param>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.CalendarExpired"/>.</exception>
    public static SettlementTiming Again(
        SettlementTiming recorded,
        bool released,
        DateTimeOffset asOf,
        SettlementWindow window,
        BusinessCalendar calendar,
        int settlementDays,
        DateOnly? statedTradeDate,
        DateOnly? statedValueDate,
        OverdueDays overdue)
    {
        var stated = statedValueDate is { } date ? calendar.OnOrAfter(date) : (DateOnly?)null;
        var valueDate = released ? calendar.OnOrAfter(recorded.ValueDate) : stated;
        var again = Compute(asOf, window, calendar, settlementDays, statedTradeDate, valueDate, overdue);
        return released ? again with { TradeDate = recorded.TradeDate, ValueDate = recorded.ValueDate, OpensAt = recorded.OpensAt } : again;
    }
}

/// <summary>Business days past the due date's cut-off at which a settlement is overdue and critically overdue (T6).</summary>
public sealed record OverdueDays(int Warning = 1, int Critical = 3);
