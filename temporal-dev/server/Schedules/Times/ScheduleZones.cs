using System.Collections.Concurrent;

namespace Temporalio.DevServer.Schedules.Times;

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
