using System.Globalization;

namespace Settlement.Benchmarks;

/// <summary>CPU seconds that processes and their descendants have used, from /proc; says where the time of a run went.</summary>
internal sealed class CpuMeter
{
    private const double TicksPerSecond = 100;
    private readonly Dictionary<string, int> processes;
    private readonly Dictionary<string, double> before = new(StringComparer.Ordinal);

    /// <param name="processes">Name to show, and id of the topmost process.</param>
    public CpuMeter(IReadOnlyDictionary<string, int> processes)
    {
        this.processes = new Dictionary<string, int>(processes, StringComparer.Ordinal);
        foreach (var (name, id) in processes)
            before[name] = Seconds(id);
    }

    /// <summary>CPU milliseconds per unit of work since construction, by process name.</summary>
    public IReadOnlyDictionary<string, double> MillisecondsPer(int units) =>
        processes.ToDictionary(p => p.Key, p => Math.Round((Seconds(p.Value) - before[p.Key]) * 1000 / units, 2), StringComparer.Ordinal);

    private static double Seconds(int root)
    {
        var children = new Dictionary<int, List<int>>();
        var used = new Dictionary<int, double>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || Read(folder) is not { } fields)
                continue;
            var parent = int.Parse(fields[1], CultureInfo.InvariantCulture);
            if (!children.TryGetValue(parent, out var siblings))
                children[parent] = siblings = [];
            siblings.Add(id);
            // utime, stime, and those of children that have ended and been waited for (PostgreSQL's backends come and go).
            used[id] = (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)
                + double.Parse(fields[13], CultureInfo.InvariantCulture) + double.Parse(fields[14], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }

        return Sum(root);

        double Sum(int id) => used.GetValueOrDefault(id) + (children.TryGetValue(id, out var below) ? below.Sum(Sum) : 0);
    }

    /// <summary>Fields after the command name, which may itself contain spaces; null when the process has gone.</summary>
    private static string[]? Read(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
