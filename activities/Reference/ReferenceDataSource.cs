using Microsoft.EntityFrameworkCore;
using Npgsql;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.Activities.Reference;

/// <summary>
/// Reads the reference data, at most once every half second however many settlements ask: a kill switch takes effect
/// within a second, and a thousand settlements a minute do not read calendars a thousand times.
/// </summary>
public sealed class ReferenceDataSource(NpgsqlDataSource dataSource, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim gate = new(1);
    private (ReferenceData Data, long ReadAt)? cached;

    /// <summary>The data, not older than half a second.</summary>
    public async Task<ReferenceData> CurrentAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
            return fresh;
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } other)
                return other;
            var readAt = clock.GetTimestamp();
            var data = await ReadAsync(cancellationToken);
            cached = (data, readAt);
            return data;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private ReferenceData? Fresh() =>
        cached is { } entry && clock.GetElapsedTime(entry.ReadAt) < MaxAge ? entry.Data : null;

    private async Task<ReferenceData> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = SettlementDatabase.CreateContext(dataSource);
        var calendars = await context.Calendars
            .Where(one => one.Version == context.Calendars.Where(other => other.Code == one.Code).Max(other => other.Version))
            .ToListAsync(cancellationToken);
        var windows = await context.Windows
            .Where(one => one.Version == context.Windows.Where(other => other.Rail == one.Rail && other.Currency == one.Currency).Max(other => other.Version))
            .ToListAsync(cancellationToken);
        var extensions = await context.WindowExtensions.OrderBy(one => one.ExtensionId).ToListAsync(cancellationToken);
        var limits = await context.Limits.ToListAsync(cancellationToken);
        var stopped = await context.Switches.Where(one => one.Stopped).ToListAsync(cancellationToken);
        var screening = await context.ScreeningLists.OrderByDescending(one => one.Version).FirstOrDefaultAsync(cancellationToken);
        return new ReferenceData(
            calendars.Select(ToCalendar),
            windows.Select(window => ToWindow(window, extensions)),
            limits,
            stopped,
            screening is null ? null : new ScreeningList(screening));
    }

    private static BusinessCalendar ToCalendar(CalendarVersion row) =>
        new(row.Code, row.Version, row.ValidFrom, row.ValidTo, row.Weekend.Select(day => (DayOfWeek)day), row.Holidays);

    private static SettlementWindow ToWindow(WindowVersion row, List<WindowExtension> extensions)
    {
        // In order of publication: the latest for a day holds.
        var moved = new Dictionary<DateOnly, TimeOnly>();
        foreach (var extension in extensions.Where(one => one.Rail == row.Rail && one.Currency == row.Currency))
            moved[extension.Date] = extension.CutOff;
        return new SettlementWindow(row.Rail, Currency.Of(row.Currency), row.CalendarCode, row.ZoneId, row.Opens, row.CutOff, row.Version)
        {
            Extensions = moved,
        };
    }
}
