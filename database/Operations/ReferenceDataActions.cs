using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// What operators change about calendars and windows: always a new version or an extension, never a rewrite, each with its audit entry and once
/// per request id.
/// </summary>
public sealed class ReferenceDataActions(NpgsqlDataSource dataSource, RecordedActions recordedActions)
{
    /// <summary>Moves the cut-off of one day, at most to the end of that day.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.UnknownWindow"/>; <see cref="SettlementFailure.InvalidRequest"/>: not after the opening.</exception>
    public async Task<string> ExtendWindowAsync(
        string rail, Currency currency, DateOnly date, TimeOnly cutOff, RecordedAction actionName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actionName);
        var window = (await ReferenceDataLoader.LoadAsync(dataSource, cancellationToken)).Window(rail, currency);
        if (cutOff <= window.Opens)
            throw new SettlementException(SettlementFailure.InvalidRequest, $"The cut-off must be later than the opening at {window.Opens:HH:mm}.");
        if (BusinessZone.LocalDate(BusinessZone.Of(window.ZoneId), actionName.AsOf) > date)
            throw new SettlementException(SettlementFailure.InvalidRequest, "The day is over.");
        return await recordedActions.RunAsync(actionName, async (connection, cancel) =>
        {
            var target = $"window:{rail}/{currency.Code}";
            await WriteAsync(connection, ReferenceDataWriter.ExtensionCommand(rail, currency, date, cutOff, actionName.Actor, actionName.Reason, actionName.AsOf),
                Audit(actionName, target, "window_extended") with
                {
                    BeforeJson = window.Extensions.TryGetValue(date, out var earlier) ? ReferenceDataWriter.ExtensionJson(date, earlier) : null,
                    AfterJson = ReferenceDataWriter.ExtensionJson(date, cutOff),
                }, cancel);
            return $"{rail} {currency.Code} closes on {date:yyyy-MM-dd} at {cutOff:HH:mm} {window.ZoneId}.";
        }, cancellationToken);
    }

    /// <summary>Publishes the next version of a window.</summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.UnknownCalendar"/>, <see cref="SettlementFailure.UnknownWindow"/>: no such zone; <see cref="SettlementFailure.InvalidRequest"/>.</exception>
    public async Task<string> PublishWindowAsync(SettlementWindow window, RecordedAction actionName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(actionName);
        _ = BusinessZone.Of(window.ZoneId);
        _ = (await ReferenceDataLoader.LoadAsync(dataSource, cancellationToken)).Calendar([window.CalendarCode]);
        if (window.CutOff <= window.Opens)
            throw new SettlementException(SettlementFailure.InvalidRequest, "The cut-off must be later than the opening.");
        return await recordedActions.RunAsync(actionName, async (connection, cancel) =>
        {
            await WriteAsync(connection, ReferenceDataWriter.WindowCommand(window, actionName.Actor, actionName.AsOf),
                Audit(actionName, $"window:{window.Rail}/{window.Currency.Code}", "window_published") with { AfterJson = actionName.InputJson }, cancel);
            return $"{window.Rail} {window.Currency.Code} has a new window: {window.Opens:HH:mm} to {(window.CutOff is { } end ? $"{end:HH:mm}" : "the end of the day")} {window.ZoneId}.";
        }, cancellationToken);
    }

    /// <summary>Publishes the next version of a calendar: the newest one, changed.</summary>
    /// <param name="code">Which.</param>
    /// <param name="close">Days that are closed from now on.</param>
    /// <param name="open">Holidays that are given up.</param>
    /// <param name="throughYear">Generate by rule up to this year too; null: the range stays.</param>
    /// <param name="actionName">Who, why, when.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.UnknownCalendar"/>; <see cref="SettlementFailure.CalendarExpired"/>: a day outside of the range.</exception>
    public async Task<string> PublishCalendarAsync(
        string code, IReadOnlyList<DateOnly> close, IReadOnlyList<DateOnly> open, int? throughYear, RecordedAction actionName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(close);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(actionName);
        return await recordedActions.RunAsync(actionName, async (connection, cancel) =>
        {
            // Two publications at once must not both build on the same version.
            await Sql.ExecuteAsync(connection, Sql.Command("SELECT pg_advisory_xact_lock(hashtextextended($1, 12))", code), cancel);
            var present = (await ReferenceDataLoader.LoadAsync(dataSource, cancel)).Calendar([code]);
            var next = Changed(throughYear is { } year ? Longer(present, year) : present, close, open);
            await WriteAsync(connection, ReferenceDataWriter.CalendarCommand(next, actionName.Actor, actionName.AsOf),
                Audit(actionName, $"calendar:{code}", "calendar_published") with { AfterJson = actionName.InputJson }, cancel);
            return $"{code} has version {present.Version + 1}, published from {next.ValidFrom:yyyy-MM-dd} to {next.ValidTo:yyyy-MM-dd}.";
        }, cancellationToken);
    }

    private static BusinessCalendar Longer(BusinessCalendar present, int year)
    {
        if (year <= present.ValidTo.Year || year > present.ValidTo.Year + 50)
            throw new SettlementException(SettlementFailure.InvalidRequest, $"through_year must lie after {present.ValidTo.Year} and at most 50 years later.");
        var more = CalendarRules.Generate(present.Code, present.ValidTo.Year + 1, year);
        return new BusinessCalendar(present.Code, present.Version, present.ValidFrom, more.ValidTo, present.Weekend, present.Holidays.Concat(more.Holidays));
    }

    private static BusinessCalendar Changed(BusinessCalendar present, IReadOnlyList<DateOnly> close, IReadOnlyList<DateOnly> open)
    {
        if (close.Concat(open).FirstOrDefault(day => day < present.ValidFrom || day > present.ValidTo) is var outside && outside != default)
            throw new SettlementException(SettlementFailure.CalendarExpired, $"{outside:yyyy-MM-dd} lies outside of what {present.Code} is published for.");
        return new BusinessCalendar(present.Code, present.Version, present.ValidFrom, present.ValidTo, present.Weekend, present.Holidays.Except(open).Union(close));
    }

    private static AuditRecord Audit(RecordedAction actionName, string target, string action) =>
        new(target, action, actionName.Actor, actionName.Reason, actionName.AsOf) { RequestId = actionName.RequestId };

    private static async Task WriteAsync(NpgsqlConnection connection, NpgsqlBatchCommand write, AuditRecord audit, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { write, AuditWriter.Command(audit) } };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
