using Npgsql;
using NpgsqlTypes;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// Publishes reference data. Calendars, windows and lists only ever get new versions; every action is one transaction with
/// its audit entry.
/// </summary>
public sealed class ReferenceDataWriter(NpgsqlDataSource dataSource)
{
    /// <summary>Publishes the next version of a calendar; the version that <paramref name="calendar"/> carries is not used.</summary>
    public Task PublishCalendarAsync(BusinessCalendar calendar, Actor actor, string reason, DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        WriteAsync(CalendarCommand(calendar, actor, asOf), new AuditRecord($"calendar:{calendar.Code}", "calendar_published", actor, reason, asOf), cancellationToken);

    /// <summary>Publishes the next version of a window; extensions are not part of it.</summary>
    public Task PublishWindowAsync(SettlementWindow window, Actor actor, string reason, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        _ = BusinessZone.Of(window.ZoneId);
        return WriteAsync(WindowCommand(window, actor, asOf),
            new AuditRecord($"window:{window.Rail}/{window.Currency.Code}", "window_published", actor, reason, asOf), cancellationToken);
    }

    /// <summary>Moves the cut-off of one day, local time of the window's zone.</summary>
    public Task ExtendWindowAsync(
        string rail, Currency currency, DateOnly date, TimeOnly cutOff, Actor actor, string reason, DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        WriteAsync(ExtensionCommand(rail, currency, date, cutOff, actor, reason, asOf),
            new AuditRecord($"window:{rail}/{currency.Code}", "window_extended", actor, reason, asOf) { AfterJson = ExtensionJson(date, cutOff) }, cancellationToken);

    /// <summary>Sets the limits of an entity and currency; <see cref="ReferenceData.LimitWildcard"/> stands for any.</summary>
    public Task SetLimitsAsync(
        string entityId, string currency, SettlementLimits limits, Actor actor, string reason, DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        // The database itself writes the audit entry, with the limits before; it is told why and through which door.
        ExecuteAsync(Sql.Command("""
            SELECT set_config('settlement.change_reason', $1, true), set_config('settlement.change_source', $2, true)
            """, Text.Clip(reason, 1000)!, UpperSnake.Of(actor.Source)), Sql.Command("""
            INSERT INTO settlement.settlement_limits (entity_id, currency, max_amount_minor, approval_above_minor, approval_backdated_days,
                                                      max_backdated_days, max_forward_days, changed_by, changed_as_of)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (entity_id, currency) DO UPDATE
               SET max_amount_minor = $3, approval_above_minor = $4, approval_backdated_days = $5, max_backdated_days = $6, max_forward_days = $7,
                   changed_by = $8, changed_as_of = $9
            """, entityId, currency, Sql.Typed(limits.MaxAmountMinor, NpgsqlDbType.Bigint), Sql.Typed(limits.ApprovalAboveMinor, NpgsqlDbType.Bigint),
            limits.ApprovalBackdatedDays, limits.MaxBackdatedDays, limits.MaxForwardDays, actor.Name, asOf.ToUniversalTime()), cancellationToken);

    /// <summary>Publishes the next version of the screening list.</summary>
    public Task PublishScreeningListAsync(
        IReadOnlyCollection<string> names, IReadOnlyCollection<string> bics, IReadOnlyCollection<string> countries, string source, Actor actor,
        DateTimeOffset asOf, CancellationToken cancellationToken = default) =>
        WriteAsync(Sql.Command("""
            INSERT INTO settlement.screening_lists (version, names, bics, countries, source, published_as_of)
            SELECT coalesce(max(version), 0) + 1, $1, $2, $3, $4, $5 FROM settlement.screening_lists
            """, names.ToArray(), bics.ToArray(), countries.ToArray(), source, asOf.ToUniversalTime()),
            new AuditRecord("screening_list", "screening_list_published", actor, source, asOf), cancellationToken);

    /// <summary>Stops or releases a kill switch (<see cref="SwitchName"/>); the database itself writes the audit entry.</summary>
    public async Task SetSwitchAsync(string name, bool stopped, Actor actor, string reason, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await Sql.ExecuteAsync(connection, SwitchCommand(name, stopped, actor, reason, asOf), cancellationToken);
    }

    internal static NpgsqlBatchCommand SwitchCommand(string name, bool stopped, Actor actor, string reason, DateTimeOffset asOf) => Sql.Command("""
        INSERT INTO settlement.switches (name, stopped, reason, changed_by, changed_source, changed_as_of) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (name) DO UPDATE SET stopped = $2, reason = $3, changed_by = $4, changed_source = $5, changed_as_of = $6
        """, name, stopped, Text.Clip(reason, 1000)!, actor.Name, UpperSnake.Of(actor.Source), asOf.ToUniversalTime());

    internal static string ExtensionJson(DateOnly date, TimeOnly cutOff) => $$"""{"date":"{{date:yyyy-MM-dd}}","cut_off":"{{cutOff:HH:mm:ss}}"}""";

    internal static NpgsqlBatchCommand CalendarCommand(BusinessCalendar calendar, Actor actor, DateTimeOffset asOf) => Sql.Command("""
        INSERT INTO settlement.calendars (code, version, valid_from, valid_to, weekend, holidays, published_by, published_as_of)
        SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7 FROM settlement.calendars WHERE code = $1
        """, calendar.Code, calendar.ValidFrom, calendar.ValidTo, calendar.Weekend.Select(day => (int)day).Order().ToArray(),
        calendar.Holidays.Order().ToArray(), actor.Name, asOf.ToUniversalTime());

    internal static NpgsqlBatchCommand WindowCommand(SettlementWindow window, Actor actor, DateTimeOffset asOf) => Sql.Command("""
        INSERT INTO settlement.settlement_windows (rail, currency, version, calendar_code, zone_id, opens, cut_off, published_by, published_as_of)
        SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8 FROM settlement.settlement_windows WHERE rail = $1 AND currency = $2
        """, window.Rail, window.Currency.Code, window.CalendarCode, window.ZoneId, window.Opens, Sql.Typed(window.CutOff, NpgsqlDbType.Time),
        actor.Name, asOf.ToUniversalTime());

    internal static NpgsqlBatchCommand ExtensionCommand(
        string rail, Currency currency, DateOnly date, TimeOnly cutOff, Actor actor, string reason, DateTimeOffset asOf) => Sql.Command("""
        INSERT INTO settlement.settlement_window_extensions (rail, currency, date, cut_off, published_by, reason, published_as_of)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """, rail, currency.Code, date, cutOff, actor.Name, Text.Clip(reason, 1000)!, asOf.ToUniversalTime());

    private Task WriteAsync(NpgsqlBatchCommand write, AuditRecord audit, CancellationToken cancellationToken) =>
        ExecuteAsync(write, AuditWriter.Command(audit), cancellationToken);

    private async Task ExecuteAsync(NpgsqlBatchCommand first, NpgsqlBatchCommand second, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // A batch without an explicit transaction is one: both or neither.
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { first, second } };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
