using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// The first version of calendars, windows and limits. The times are the rails' published customer cut-offs; they are data,
/// and an operator publishes the next version when a rail changes them.
/// </summary>
public static class ReferenceDataSeeder
{
    /// <summary>First year for which calendars are generated.</summary>
    public const int FirstYear = 2020;

    /// <summary>Last year for which calendars are generated; later dates are refused as CALENDAR_EXPIRED until a new version.</summary>
    public const int LastYear = 2036;

    private static readonly Actor Seeder = new("reference-data", ActorSource.Migration);

    private static readonly SettlementWindow[] Rails =
    [
        new("T2", Currency.Eur, CalendarRules.Target, "Europe/Berlin", new TimeOnly(2, 30), new TimeOnly(17, 0)),
        // Fedwire opens at 21:00 of the evening before; the part before midnight is left out, a window lies within one local day.
        new("FEDWIRE", Currency.Usd, CalendarRules.Fedwire, "America/New_York", TimeOnly.MinValue, new TimeOnly(18, 45)),
        new("CHAPS", Currency.Gbp, CalendarRules.Chaps, "Europe/London", new TimeOnly(6, 0), new TimeOnly(17, 40)),
        new("SARIE", Currency.Sar, CalendarRules.Sarie, "Asia/Riyadh", new TimeOnly(8, 0), new TimeOnly(16, 0)),
    ];

    /// <summary>Publishes what is missing; what exists in any version is left alone. Safe to run again and from several processes.</summary>
    public static async Task SeedAsync(NpgsqlDataSource dataSource, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var calendar in CalendarRules.Codes.Select(code => CalendarRules.Generate(code, FirstYear, LastYear)))
            batch.BatchCommands.Add(Sql.Command("""
                INSERT INTO settlement.calendars (code, version, valid_from, valid_to, weekend, holidays, published_by, published_as_of)
                VALUES ($1, 1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
                """, calendar.Code, calendar.ValidFrom, calendar.ValidTo, calendar.Weekend.Select(day => (int)day).Order().ToArray(),
                calendar.Holidays.Order().ToArray(), Seeder.Name, asOf.ToUniversalTime()));
        foreach (var window in Rails.Concat(Currency.All.Select(SettlementWindow.AlwaysOpen)))
            batch.BatchCommands.Add(Sql.Command("""
                INSERT INTO settlement.settlement_windows (rail, currency, version, calendar_code, zone_id, opens, cut_off, published_by, published_as_of)
                VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
                """, window.Rail, window.Currency.Code, window.CalendarCode, window.ZoneId, window.Opens,
                Sql.Typed(window.CutOff, NpgsqlTypes.NpgsqlDbType.Time), Seeder.Name, asOf.ToUniversalTime()));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
