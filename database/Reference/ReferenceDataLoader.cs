using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Reads all reference data, newest versions only, in one round trip.</summary>
internal static class ReferenceDataLoader
{
    private const string CalendarsSql = """
        SELECT DISTINCT ON (code) code, version, valid_from, valid_to, weekend, holidays FROM settlement.calendars ORDER BY code, version DESC
        """;

    private const string ExtensionsSql = """
        SELECT DISTINCT ON (rail, currency, date) rail, currency, date, cut_off
          FROM settlement.settlement_window_extensions ORDER BY rail, currency, date, extension_id DESC
        """;

    private const string WindowsSql = """
        SELECT DISTINCT ON (rail, currency) rail, currency, version, calendar_code, zone_id, opens, cut_off
          FROM settlement.settlement_windows ORDER BY rail, currency, version DESC
        """;

    private const string LimitsSql = """
        SELECT entity_id, currency, max_amount_minor, approval_above_minor, approval_backdated_days, max_backdated_days, max_forward_days
          FROM settlement.settlement_limits
        """;

    private const string SwitchesSql = "SELECT name, reason FROM settlement.switches WHERE stopped";

    private const string ScreeningSql = """
        SELECT version, published_as_of, names, bics, countries FROM settlement.screening_lists ORDER BY version DESC LIMIT 1
        """;

    public static async Task<ReferenceData> LoadAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        foreach (var sql in (string[])[CalendarsSql, ExtensionsSql, WindowsSql, LimitsSql, SwitchesSql, ScreeningSql])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var calendars = await NextAsync(reader, ReadCalendar, cancellationToken);
        var extensions = (await NextAsync(reader, row => (Rail: row.GetString(0), Currency: row.GetString(1),
            Date: row.GetFieldValue<DateOnly>(2), CutOff: row.GetFieldValue<TimeOnly>(3)), cancellationToken)).ToLookup(row => (row.Rail, row.Currency));
        var windows = await NextAsync(reader, row => ReadWindow(row) with
        {
            Extensions = extensions[(row.GetString(0), row.GetString(1))].ToDictionary(extension => extension.Date, extension => extension.CutOff),
        }, cancellationToken);
        var limits = await NextAsync(reader, ReadLimits, cancellationToken);
        var stopped = await NextAsync(reader, row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), cancellationToken);
        var screening = await NextAsync(reader, row => new ScreeningList(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1),
            row.GetFieldValue<string[]>(2), row.GetFieldValue<string[]>(3), row.GetFieldValue<string[]>(4)), cancellationToken);
        return new ReferenceData(calendars, windows, limits, stopped, screening.SingleOrDefault());
    }

    private static BusinessCalendar ReadCalendar(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3),
        row.GetFieldValue<int[]>(4).Select(day => (DayOfWeek)day), row.GetFieldValue<DateOnly[]>(5));

    private static SettlementWindow ReadWindow(NpgsqlDataReader row) => new(
        row.GetString(0), Currency.Of(row.GetString(1)), row.GetString(3), row.GetString(4), row.GetFieldValue<TimeOnly>(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<TimeOnly>(6), row.GetInt32(2));

    private static KeyValuePair<(string Entity, string Currency), SettlementLimits> ReadLimits(NpgsqlDataReader row) => KeyValuePair.Create(
        (row.GetString(0), row.GetString(1)),
        new SettlementLimits(row.IsDBNull(2) ? null : row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6)));

    private static async Task<List<T>> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        await reader.NextResultAsync(cancellationToken);
        return rows;
    }
}
