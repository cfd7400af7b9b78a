using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Settlement.Drills.Simulation;

/// <summary>
/// Moves the edges of the business clock to where the run is: publishes windows that open and close within seconds, one of them in an hour
/// that its zone skips. The run's time is real; it is the windows that come to it.
/// </summary>
internal sealed class ClockEdges(NpgsqlDataSource database, string zoneFolder, EventLog log)
{
    /// <summary>The rail of settlements that are sent to no edge.</summary>
    public const string OpenRail = "SAMPLE-24X7";

    private static readonly TimeSpan UntilOpening = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Open = TimeSpan.FromSeconds(6);

    /// <summary>Programs keep reference data for half a second.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromSeconds(1);

    /// <summary>So close to midnight a window of seconds may fall on two dates.</summary>
    private static readonly TimeSpan Midnight = TimeSpan.FromHours(2);

    private volatile string windowRail = OpenRail;
    private volatile string springRail = OpenRail;
    private int published;

    /// <summary>The rail to use for a settlement at that edge, now.</summary>
    public string RailOf(ClockEdge edge) => edge switch
    {
        ClockEdge.Window => windowRail,
        ClockEdge.SpringForward => springRail,
        _ => OpenRail,
    };

    /// <summary>A window that opens in 4 s and closes 6 s later; for every second one the cut-off is moved while it is open.</summary>
    public async Task PublishWindowAsync(CancellationToken cancellationToken)
    {
        if (NearMidnight)
            return;
        var number = Interlocked.Increment(ref published);
        var rail = $"SIM-WINDOW-{number}";
        var opens = DateTimeOffset.UtcNow + UntilOpening;
        await InsertAsync(rail, "UTC", opens, opens + Open, cancellationToken);
        windowRail = rail;
        if (number % 2 == 0)
            await ExtendAsync(rail, opens + Open + Open, cancellationToken);
    }

    /// <summary>A zone that goes forward in 4 s, and a window whose opening falls into the skipped hour.</summary>
    public async Task PublishSpringAsync(CancellationToken cancellationToken)
    {
        if (NearMidnight)
            return;
        var number = Interlocked.Increment(ref published);
        var zone = string.Create(CultureInfo.InvariantCulture, $"Simulation/Spring{number}");
        var forward = DateTimeOffset.UtcNow + UntilOpening;
        ZoneFile.Write(zoneFolder, zone, forward);
        await InsertAsync($"SIM-SPRING-{number}", zone, forward.AddSeconds(2), null, cancellationToken);
        springRail = $"SIM-SPRING-{number}";
    }

    private static bool NearMidnight => DateTimeOffset.UtcNow.TimeOfDay is var time && (time < Midnight || time > TimeSpan.FromDays(1) - Midnight);

    private async Task InsertAsync(string rail, string zone, DateTimeOffset opens, DateTimeOffset? cutOff, CancellationToken cancellationToken)
    {
        await using var insert = database.CreateCommand("""
            INSERT INTO settlement.settlement_windows (rail, currency, version, calendar_code, zone_id, opens, cut_off, published_by, published_as_of)
            VALUES ($1, 'USD', 1, 'SAMPLE-24X7', $2, $3, $4, 'simulation', $5)
            """);
        insert.Parameters.Add(new() { Value = rail });
        insert.Parameters.Add(new() { Value = zone });
        insert.Parameters.Add(new() { Value = TimeOfDay(opens) });
        insert.Parameters.Add(new() { Value = cutOff is { } time ? TimeOfDay(time) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Time });
        insert.Parameters.Add(new() { Value = DateTimeOffset.UtcNow });
        await insert.ExecuteNonQueryAsync(cancellationToken);
        log.Write("window", ("rail", rail), ("zone", zone), ("opens", opens.ToString("O")));
        await Task.Delay(Known, cancellationToken);
    }

    private async Task ExtendAsync(string rail, DateTimeOffset cutOff, CancellationToken cancellationToken)
    {
        await using var insert = database.CreateCommand("""
            INSERT INTO settlement.settlement_window_extensions (rail, currency, date, cut_off, published_by, reason, published_as_of)
            VALUES ($1, 'USD', $2, $3, 'simulation', 'the simulation extends the window', $4)
            """);
        insert.Parameters.Add(new() { Value = rail });
        insert.Parameters.Add(new() { Value = DateOnly.FromDateTime(cutOff.UtcDateTime) });
        insert.Parameters.Add(new() { Value = TimeOfDay(cutOff) });
        insert.Parameters.Add(new() { Value = DateTimeOffset.UtcNow });
        await insert.ExecuteNonQueryAsync(cancellationToken);
        log.Write("extended", ("rail", rail), ("cut_off", cutOff.ToString("O")));
    }

    private static TimeOnly TimeOfDay(DateTimeOffset instant) => TimeOnly.FromTimeSpan(TimeSpan.FromSeconds(Math.Floor(instant.UtcDateTime.TimeOfDay.TotalSeconds)));
}
