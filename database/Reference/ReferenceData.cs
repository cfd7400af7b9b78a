using System.Collections.Frozen;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>One consistent view of calendars, windows, limits, switches and the screening list.</summary>
public sealed class ReferenceData
{
    private readonly FrozenDictionary<string, BusinessCalendar> calendars;
    private readonly FrozenDictionary<(string Rail, string Currency), SettlementWindow> windows;
    private readonly FrozenDictionary<(string Entity, string Currency), SettlementLimits> limits;
    private readonly FrozenDictionary<string, string> stopped;

    internal ReferenceData(
        IEnumerable<BusinessCalendar> calendars,
        IEnumerable<SettlementWindow> windows,
        IEnumerable<KeyValuePair<(string Entity, string Currency), SettlementLimits>> limits,
        IEnumerable<KeyValuePair<string, string>> stopped,
        ScreeningList? screening)
    {
        this.calendars = calendars.ToFrozenDictionary(calendar => calendar.Code);
        this.windows = windows.ToFrozenDictionary(window => (window.Rail, window.Currency.Code));
        this.limits = limits.ToFrozenDictionary();
        this.stopped = stopped.ToFrozenDictionary();
        Screening = screening;
    }

    /// <summary>The newest version of every calendar.</summary>
    public IEnumerable<BusinessCalendar> Calendars => calendars.Values;

    /// <summary>The newest version of every window, with its extensions.</summary>
    public IEnumerable<SettlementWindow> Windows => windows.Values;

    /// <summary>The newest list, or null if none was ever published.</summary>
    public ScreeningList? Screening { get; }

    /// <summary>The joint calendar of these codes, newest versions.</summary>
    /// <exception cref="SettlementException">
    /// <see cref="SettlementFailure.UnknownCalendar"/>, or <see cref="SettlementFailure.CalendarExpired"/> if they have no day in common.
    /// </exception>
    public BusinessCalendar Calendar(IEnumerable<string> codes) => BusinessCalendar.Joint([.. codes.Select(code =>
        calendars.TryGetValue(code, out var calendar) ? calendar : throw new SettlementException(SettlementFailure.UnknownCalendar, "No such business calendar."))]);

    /// <summary>The window of a rail and currency, newest version with its extensions.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.UnknownWindow"/>.</exception>
    public SettlementWindow Window(string rail, Currency currency) => windows.TryGetValue((rail, currency.Code), out var window)
        ? window
        : throw new SettlementException(SettlementFailure.UnknownWindow, $"No settlement window is known for this rail in {currency.Code}.");

    /// <summary>The most specific limits: entity and currency, entity, currency, else the defaults of <see cref="SettlementLimits"/>.</summary>
    public SettlementLimits Limits(string entityId, Currency currency) =>
        limits.GetValueOrDefault((entityId, currency.Code))
        ?? limits.GetValueOrDefault((entityId, LimitWildcard))
        ?? limits.GetValueOrDefault((LimitWildcard, currency.Code))
        ?? limits.GetValueOrDefault((LimitWildcard, LimitWildcard))
        ?? new SettlementLimits();

    /// <summary>Stands for any entity or currency in the table of limits.</summary>
    public const string LimitWildcard = "*";

    /// <summary>Why a switch stops this action now, for its general name or one of its scopes; null if it may go on.</summary>
    /// <param name="name">Of <see cref="SwitchName.All"/>.</param>
    /// <param name="currency">Whose scope counts too.</param>
    /// <param name="bankId">Whose scope counts too.</param>
    /// <param name="country">Country of the creditor; with the currency it makes the corridor.</param>
    public string? StoppedBecause(string name, Currency? currency = null, string? bankId = null, string? country = null) =>
        stopped.GetValueOrDefault(name)
        ?? (currency is null ? null : stopped.GetValueOrDefault(SwitchName.ForCurrency(name, currency)))
        ?? (bankId is null ? null : stopped.GetValueOrDefault(SwitchName.ForBank(name, bankId)))
        ?? (currency is null || country is null ? null : stopped.GetValueOrDefault(SwitchName.ForCorridor(name, currency, country)));

    /// <summary>The same for a settlement, with all its scopes.</summary>
    public string? StoppedBecause(string name, SettlementTransaction settlement)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        return StoppedBecause(name, Currency.Of(settlement.Currency), settlement.BankId, settlement.CreditorCountry);
    }
}
