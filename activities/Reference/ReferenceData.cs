using System.Collections.Frozen;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.Activities.Reference;

/// <summary>
/// The published data that validation reads, as of one moment: the newest version of each calendar and window, limits,
/// kill switches and the screening list.
/// </summary>
public sealed class ReferenceData
{
    private readonly FrozenDictionary<string, BusinessCalendar> calendars;
    private readonly FrozenDictionary<(string Rail, string Currency), SettlementWindow> windows;
    private readonly FrozenDictionary<(string Entity, string Currency), SettlementLimits> limits;
    private readonly FrozenDictionary<string, KillSwitch> stopped;

    internal ReferenceData(
        IEnumerable<BusinessCalendar> calendars,
        IEnumerable<SettlementWindow> windows,
        IEnumerable<LimitSetting> limits,
        IEnumerable<KillSwitch> stopped,
        ScreeningList? screening)
    {
        this.calendars = calendars.ToFrozenDictionary(calendar => calendar.Code, StringComparer.Ordinal);
        this.windows = windows.ToFrozenDictionary(window => (window.Rail, window.Currency.Code));
        this.limits = limits.ToFrozenDictionary(limit => (limit.EntityId, limit.Currency), limit => new SettlementLimits(
            limit.MaxAmountMinor, limit.ApprovalAboveMinor, limit.ApprovalBackdatedDays, limit.MaxBackdatedDays, limit.MaxForwardDays));
        this.stopped = stopped.ToFrozenDictionary(one => one.Name, StringComparer.Ordinal);
        Screening = screening;
    }

    /// <summary>The newest screening list, or null if none was ever published.</summary>
    public ScreeningList? Screening { get; }

    /// <summary>The joint calendar of all codes.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.UnknownCalendar"/>.</exception>
    public BusinessCalendar Calendar(IEnumerable<string> codes) => BusinessCalendar.Joint([.. codes.Select(Single)]);

    /// <summary>The window of a rail and currency.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.UnknownWindow"/>.</exception>
    public SettlementWindow Window(string rail, Currency currency) =>
        windows.TryGetValue((rail, currency.Code), out var window)
            ? window
            : throw new SettlementException(SettlementFailure.UnknownWindow, $"No settlement window is known for {currency.Code} on {rail}.");

    /// <summary>The limits of an entity and currency: the most specific row holds.</summary>
    public SettlementLimits Limits(string entity, string currency)
    {
        foreach (var key in ((string, string)[])[(entity, currency), (entity, "*"), ("*", currency), ("*", "*")])
            if (limits.TryGetValue(key, out var found))
                return found;
        return new SettlementLimits();
    }

    /// <summary>Refuses what a kill switch has stopped: in general, for the currency, or for the bank.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.SwitchedOff"/>.</exception>
    public void RequireRunning(string name, string currency, string bank)
    {
        foreach (var key in (string[])[name, $"{name}:{currency}", $"{name}:{bank}"])
            if (stopped.TryGetValue(key, out var one))
                throw new SettlementException(SettlementFailure.SwitchedOff, $"Switch {key} is off: {one.Reason}");
    }

    private BusinessCalendar Single(string code) => calendars.TryGetValue(code, out var calendar)
        ? calendar
        : throw new SettlementException(SettlementFailure.UnknownCalendar, $"There is no calendar {code}.");
}
