using System.Buffers.Binary;
using System.Text;
using Temporalio.Api.Schedule.V1;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>A schedule's spec, ready to say when. Immutable.</summary>
internal sealed class CompiledSpec
{
    /// <summary>Nominal times looked at for one answer: a spec that excludes all it names must not cost more.</summary>
    private const int MaxExcluded = 100_000;

    private readonly CompiledCalendar[] calendars;
    private readonly CompiledCalendar[] exclusions;
    private readonly (long Interval, long Phase)[] intervals;
    private readonly ScheduleZone zone;
    private readonly long? start;
    private readonly DateTimeOffset? end;
    private readonly TimeSpan jitter;

    private CompiledSpec(ScheduleSpec canonical, ScheduleZone zone)
    {
        Canonical = canonical;
        this.zone = zone;
        calendars = [.. canonical.StructuredCalendar.Select(c => new CompiledCalendar(c))];
        exclusions = [.. canonical.ExcludeStructuredCalendar.Select(c => new CompiledCalendar(c))];
        intervals = [.. canonical.Interval.Select(i => (Math.Max(1, (long)CanonicalSpec.Span(i.Interval).TotalSeconds), (long)CanonicalSpec.Span(i.Phase).TotalSeconds))];
        start = canonical.StartTime is null ? null : canonical.StartTime.Seconds;
        end = canonical.EndTime?.ToDateTimeOffset();
        jitter = CanonicalSpec.Span(canonical.Jitter);
    }

    /// <summary>The form to keep and to show.</summary>
    public ScheduleSpec Canonical { get; }

    /// <exception cref="InvalidScheduleSpecException">It cannot be read.</exception>
    public static CompiledSpec Compile(ScheduleSpec? spec)
    {
        var canonical = CanonicalSpec.Of(spec ?? new ScheduleSpec());
        if (canonical.StartTime is { } start && !IsInstant(start) || canonical.EndTime is { } end && !IsInstant(end))
            throw new InvalidScheduleSpecException("start or end time is out of range");
        var zone = canonical.TimezoneData.IsEmpty ? ScheduleZones.Find(canonical.TimezoneName) : ScheduleZone.Read(canonical.TimezoneData.Span);
        return new CompiledSpec(canonical, zone);
    }

    /// <summary>The first time after an instant, or null if there is none.</summary>
    /// <param name="seed">What jitter depends on besides the nominal time: namespace id, dash, schedule id.</param>
    /// <param name="after">Seconds count; a fraction is cut off.</param>
    public ScheduledTime? Next(string seed, DateTimeOffset after)
    {
        var at = after.ToUnixTimeSeconds();
        if (start is { } first && at < first)
            at = first - 1;
        for (var tries = 0; tries < MaxExcluded; tries++)
        {
            if (NextNominal(at) is not { } nominal || DateTimeOffset.FromUnixTimeSeconds(nominal) > end)
                return null;
            at = nominal;
            if (exclusions.Length > 0 && exclusions.Any(e => e.Matches(nominal + zone.OffsetAt(nominal).Offset)))
                continue;
            var time = DateTimeOffset.FromUnixTimeSeconds(nominal);
            return new ScheduledTime(time, time + Jitter(seed, nominal));
        }

        return null;
    }

    private static bool IsInstant(Google.Protobuf.WellKnownTypes.Timestamp time) => time.Seconds is >= -62_135_596_800 and <= 253_402_300_799 && time.Nanos is >= 0 and < 1_000_000_000;

    private long? NextNominal(long after)
    {
        long? earliest = null;
        foreach (var calendar in calendars)
            earliest = Earlier(earliest, calendar.Next(zone, after));
        foreach (var (interval, phase) in intervals)
            earliest = Earlier(earliest, Within((FloorDiv(after - phase, interval) + 1) * interval + phase));
        return earliest;
    }

    /// <summary>Never past the next nominal time. Derived from the nominal time and the seed as on the real server, so that both give the same.</summary>
    private TimeSpan Jitter(string seed, long nominal)
    {
        if (jitter <= TimeSpan.Zero)
            return TimeSpan.Zero;
        var max = NextNominal(nominal) is { } following && TimeSpan.FromSeconds(following - nominal) < jitter ? TimeSpan.FromSeconds(following - nominal) : jitter;
        // Go's binary form of an instant in UTC: version, seconds since the year 1, nanoseconds, zone -1.
        var data = new byte[Math.Max(FarmFingerprint.MinLength, 15 + Encoding.UTF8.GetByteCount(seed))];
        data[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(1), nominal + 62_135_596_800);
        data[13] = data[14] = 0xFF;
        Encoding.UTF8.GetBytes(seed, data.AsSpan(15));
        var milliseconds = (ulong)Math.Min((long)max.TotalMilliseconds, uint.MaxValue);
        return TimeSpan.FromMilliseconds(FarmFingerprint.Of(data) * milliseconds >> 32);
    }

    /// <summary>Schedules know no years beyond <see cref="CalendarFields.MaxYear"/>.</summary>
    private static long? Within(long time) => time < ScheduleZone.Horizon ? time : null;

    private static long? Earlier(long? left, long? right) => left is null || right < left ? right ?? left : left;

    private static long FloorDiv(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}

/// <summary>One time of a schedule.</summary>
/// <param name="Nominal">What the spec says, in whole seconds: it names the workflow.</param>
/// <param name="Actual">The same plus jitter: when the action is due.</param>
internal readonly record struct ScheduledTime(DateTimeOffset Nominal, DateTimeOffset Actual);
