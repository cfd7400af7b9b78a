using System.Text.Json;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Lifecycle;

/// <summary>How a settlement's dates follow from calendars and windows: the same at validation and when they change.</summary>
internal static class ScheduleRules
{
    /// <summary>The window of the settlement and the joint calendar of all places involved, as they are now.</summary>
    /// <exception cref="SettlementException">Unknown window or calendar.</exception>
    public static (SettlementWindow Window, BusinessCalendar Calendar) Of(SettlementTransaction settlement, ReferenceData data)
    {
        var window = data.Window(settlement.Rail, Currency.Of(settlement.Currency));
        return (window, data.Calendar(settlement.CalendarCodes.Append(window.CalendarCode)));
    }

    /// <summary>n of T+n.</summary>
    public static int DaysOf(SettlementTransaction settlement) => settlement.Kind == SettlementKind.Purchase ? SettlementTiming.PurchaseDays : 0;

    /// <summary>When to escalate, as recorded with the settlement when it was started.</summary>
    public static OverdueDays OverdueOf(SettlementTransaction settlement)
    {
        var timings = JsonSerializer.Deserialize<SettlementRequest>(settlement.WorkflowInput)?.Timings ?? new SettlementTimings();
        return new OverdueDays(timings.OverdueWarningDays, timings.OverdueCriticalDays);
    }

    /// <summary>The schedule with present data; null if none was recorded yet.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.CalendarExpired"/> and the like.</exception>
    public static SettlementTiming? Again(SettlementTransaction settlement, ReferenceData data)
    {
        if (Recorded(settlement) is not { } recorded)
            return null;
        var (window, calendar) = Of(settlement, data);
        return SettlementTiming.Again(
            recorded, IsReleased(settlement), settlement.CreatedAsOf, window, calendar, DaysOf(settlement), settlement.StatedTradeDate,
            settlement.StatedValueDate, OverdueOf(settlement));
    }

    /// <summary>Whether any instant or date of it would be another one now. A new version that changes none of them does not count.</summary>
    public static bool Differs(SettlementTransaction settlement, SettlementTiming again) =>
        Recorded(settlement) is { } recorded
        && recorded != again with { CalendarVersion = recorded.CalendarVersion, WindowVersion = recorded.WindowVersion };

    /// <summary>Whether it should look again. One whose data have run out should: it calls a person.</summary>
    public static bool IsOutdated(SettlementTransaction settlement, ReferenceData data)
    {
        try
        {
            return Again(settlement, data) is { } again && Differs(settlement, again);
        }
        catch (SettlementException)
        {
            return true;
        }
    }

    private static bool IsReleased(SettlementTransaction settlement) =>
        settlement.Status is not (SettlementStatus.Pending or SettlementStatus.AwaitingApproval or SettlementStatus.Scheduled);

    private static SettlementTiming? Recorded(SettlementTransaction settlement) => settlement is
    {
        TradeDate: { } trade, ValueDate: { } value, OpensAt: { } opens, DueAt: { } due, WarningAt: { } warning, CriticalAt: { } critical
    }
        ? new SettlementTiming(trade, value, opens, due, warning, critical, settlement.CalendarVersion ?? 0, settlement.WindowVersion ?? 0)
        : null;
}
