using System.Globalization;

namespace Settlement.Benchmarks.Measures;

/// <summary>Memory of a process, from /proc.</summary>
internal static class Memory
{
    /// <summary>What it holds now, in megabytes.</summary>
    public static double ResidentMegabytes(int process) => Kilobytes(process, "VmRSS:") / 1024;

    /// <summary>The most that it has held so far, in megabytes.</summary>
    public static double PeakMegabytes(int process) => Kilobytes(process, "VmHWM:") / 1024;

    private static double Kilobytes(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
