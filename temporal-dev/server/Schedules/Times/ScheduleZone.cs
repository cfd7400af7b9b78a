using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>
/// A time zone: which offset from UTC holds when (TZif, RFC 8536). Read here and not through TimeZoneInfo because a schedule may bring its own zone data, and
/// because the search for times needs the exact instants at which clocks change.
/// </summary>
internal sealed class ScheduleZone
{
    /// <summary>End of the year 2100 in UTC: no schedule goes further.</summary>
    public const long Horizon = 4_133_980_800;

    private const int MaxBytes = 1 << 20;
    private const int HeaderLength = 44;

    private readonly long[] changes;
    private readonly int[] offsets;
    private readonly int before;

    private ScheduleZone(int before, IEnumerable<(long At, int Offset)> changes)
    {
        this.before = before;
        var kept = new List<(long At, int Offset)>();
        foreach (var change in changes.Where(c => c.At < Horizon))
        {
            if ((kept.Count == 0 ? before : kept[^1].Offset) != change.Offset)
                kept.Add(change);
        }

        this.changes = [.. kept.Select(c => c.At)];
        offsets = [.. kept.Select(c => c.Offset)];
    }

    public static ScheduleZone Utc { get; } = new(0, []);

    /// <summary>The offset in seconds at an instant (Unix seconds), and until when it holds.</summary>
    public (int Offset, long Until) OffsetAt(long instant)
    {
        var (offset, _, until) = PeriodOf(instant);
        return (offset, until);
    }

    private (int Offset, long From, long Until) PeriodOf(long instant)
    {
        var index = Array.BinarySearch(changes, instant);
        if (index < 0)
            index = ~index - 1;
        return (index < 0 ? before : offsets[index], index < 0 ? long.MinValue : changes[index], index + 1 < changes.Length ? changes[index + 1] : Horizon);
    }

    /// <summary>
    /// The instant that a clock time of this zone means to the real server, which asks Go's time package: the time is looked up as if it were UTC, and once more
    /// if what is found does not hold then. Of a time that a day has twice it is the first west of Greenwich and the second east of it; for one that a day does
    /// not have it is some time beside the gap.
    /// </summary>
    /// <param name="local">Seconds since 1970-01-01 00:00 of the wall clock.</param>
    public long InstantOf(long local)
    {
        var (offset, from, until) = PeriodOf(local);
        if (offset == 0)
            return local;
        var instant = local - offset;
        return instant >= from && instant < until ? instant : local - OffsetAt(instant).Offset;
    }

    /// <summary>Reads TZif.</summary>
    /// <exception cref="InvalidScheduleSpecException">It is none.</exception>
    public static ScheduleZone Read(ReadOnlySpan<byte> data)
    {
        try
        {
            return data.Length <= MaxBytes ? ReadAll(data) : throw Malformed();
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException or FormatException)
        {
            throw Malformed();
        }
    }

    private static ScheduleZone ReadAll(ReadOnlySpan<byte> data)
    {
        var header = Header.Read(data);
        if (header.Version == 0)
            return ReadBlock(data[HeaderLength..], header, sizeof(int), "");
        var second = data[(HeaderLength + header.Length(sizeof(int)))..];
        header = Header.Read(second);
        var footer = second[(HeaderLength + header.Length(sizeof(long)))..];
        return ReadBlock(second[HeaderLength..], header, sizeof(long), Encoding.ASCII.GetString(footer).Trim('\n'));
    }

    private static ScheduleZone ReadBlock(ReadOnlySpan<byte> block, Header header, int timeSize, string footer)
    {
        var kinds = block[(header.Times * (timeSize + 1))..];
        var types = new int[header.Types];
        for (var i = 0; i < types.Length; i++)
            types[i] = BinaryPrimitives.ReadInt32BigEndian(kinds[(i * 6)..]);
        if (types.Length == 0)
            throw Malformed();
        var changes = new List<(long At, int Offset)>();
        for (var i = 0; i < header.Times; i++)
        {
            var at = timeSize == sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(block[(i * timeSize)..]) : BinaryPrimitives.ReadInt32BigEndian(block[(i * timeSize)..]);
            changes.Add((at, types[block[(header.Times * timeSize) + i]]));
        }

        if (footer.Length > 0)
        {
            var from = changes.Count == 0 ? long.MinValue : changes[^1].At;
            changes.AddRange(PosixZone.Parse(footer).Changes().Where(c => c.At > from));
        }

        return new ScheduleZone(types[0], changes);
    }

    private static InvalidScheduleSpecException Malformed() => new("malformed time zone information");

    /// <summary>The counts before a block, in the order of RFC 8536.</summary>
    private readonly record struct Header(byte Version, int UtIndicators, int StandardIndicators, int Leaps, int Times, int Types, int Characters)
    {
        public static Header Read(ReadOnlySpan<byte> data)
        {
            if (data.Length < HeaderLength || !data[..4].SequenceEqual("TZif"u8))
                throw Malformed();
            return new Header(data[4], Count(data, 20), Count(data, 24), Count(data, 28), Count(data, 32), Count(data, 36), Count(data, 40));
        }

        public int Length(int timeSize) => checked((Times * (timeSize + 1)) + (Types * 6) + Characters + (Leaps * (timeSize + 4)) + StandardIndicators + UtIndicators);

        private static int Count(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadInt32BigEndian(data[at..]) is >= 0 and <= MaxBytes and var count ? count : throw Malformed();
    }
}

/// <summary>Finds zones by their IANA names in the machine's zone files, which .NET itself needs as well.</summary>
internal static class ScheduleZones
{
    /// <summary>There are about 600 names; what is asked for beyond is not kept.</summary>
    private const int MaxKept = 1000;

    private static readonly string[] Folders = [Environment.GetEnvironmentVariable("TZDIR") ?? "/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/usr/lib/locale/TZ", "/etc/zoneinfo"];
    private static readonly ConcurrentDictionary<string, ScheduleZone> Known = new(StringComparer.Ordinal);

    /// <param name="name">IANA name; empty is UTC, <c>Local</c> is the machine's own.</param>
    /// <exception cref="InvalidScheduleSpecException">There is none of that name.</exception>
    public static ScheduleZone Find(string name)
    {
        if (name is "" or "UTC")
            return ScheduleZone.Utc;
        if (name.Contains("..", StringComparison.Ordinal) || name[0] is '/' or '\\')
            throw new InvalidScheduleSpecException("time: invalid location name");
        if (Known.TryGetValue(name, out var known))
            return known;
        var zone = Load(name);
        if (Known.Count < MaxKept)
            Known[name] = zone;
        return zone;
    }

    private static ScheduleZone Load(string name)
    {
        if (name == "Local")
            return File.Exists("/etc/localtime") ? ScheduleZone.Read(File.ReadAllBytes("/etc/localtime")) : ScheduleZone.Utc;
        if (name.Length <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+'))
        {
            foreach (var file in Folders.Select(f => new FileInfo(Path.Combine(f, name))).Where(f => f.Exists))
            {
                var data = File.ReadAllBytes(file.FullName);
                if (data.AsSpan().StartsWith("TZif"u8))
                    return ScheduleZone.Read(data);
            }
        }

        throw new InvalidScheduleSpecException($"unknown time zone {(name.Length <= 100 ? name : name[..100])}");
    }
}
