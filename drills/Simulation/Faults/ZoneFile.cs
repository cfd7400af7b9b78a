using System.Buffers.Binary;
using System.Text;

namespace Settlement.Drills.Simulation;

/// <summary>
/// A time zone made for one run, as a file of the kind that the tz database installs (RFC 8536, version 2): UTC until an instant, then half a
/// year of summer time. Programs that are started with TZDIR naming its folder take it for a zone like any other.
/// </summary>
internal static class ZoneFile
{
    private const int SummerOffsetSeconds = 3_600;
    private const int SummerDays = 180;
    private const string SystemZones = "/usr/share/zoneinfo";
    private static readonly byte[] Names = Encoding.ASCII.GetBytes("STD\0DST\0");

    /// <summary>Makes a folder for TZDIR that holds all zones of this machine.</summary>
    public static void PrepareFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!Directory.Exists(SystemZones))
            return;
        foreach (var entry in Directory.EnumerateFileSystemEntries(SystemZones))
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(entry)), entry);
    }

    /// <summary>Writes the zone that goes forward at an instant, which is cut to whole seconds.</summary>
    public static void Write(string folder, string zone, DateTimeOffset forwardAt)
    {
        var file = Path.Combine(folder, zone);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, [
            .. Header(transitions: 0),
            .. TimeTypes,
            .. Names,
            .. Header(transitions: 2),
            .. BigEndian(forwardAt.ToUnixTimeSeconds()),
            .. BigEndian(forwardAt.AddDays(SummerDays).ToUnixTimeSeconds()),
            1, 0,
            .. TimeTypes,
            .. Names,
            .. "\n\n"u8,
        ]);
    }

    /// <summary>Two kinds of local time: offset, whether it is summer time, where its name begins.</summary>
    private static byte[] TimeTypes => [.. BigEndian(0), 0, 0, .. BigEndian(SummerOffsetSeconds), 1, 4];

    private static byte[] Header(int transitions) =>
    [
        .. "TZif2"u8, .. new byte[15],
        .. BigEndian(0), .. BigEndian(0), .. BigEndian(0), .. BigEndian(transitions), .. BigEndian(2), .. BigEndian(Names.Length),
    ];

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigEndian(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
