using System.Diagnostics;

namespace Temporalio.Worker.Tuning;

/// <summary>Reads how full the machine is, as shares between 0 and 1.</summary>
/// <param name="Memory">Share of available memory in use; honours container limits.</param>
/// <param name="Cpu">Share of available processor time that this process used lately.</param>
internal sealed record ResourceGauge(Func<double> Memory, Func<double> Cpu)
{
    private static readonly TimeSpan CpuWindow = TimeSpan.FromMilliseconds(100);

    /// <summary>The gauge of the running process.</summary>
    /// <returns>The gauge.</returns>
    internal static ResourceGauge OfThisProcess()
    {
        var gate = new Lock();
        var since = Stopwatch.GetTimestamp();
        var used = Environment.CpuUsage.TotalTime;
        var share = 0.0;
        return new(MemoryShare, CpuShare);

        static double MemoryShare()
        {
            var info = GC.GetGCMemoryInfo();
            return info.TotalAvailableMemoryBytes <= 0
                ? 0
                : Math.Max(Environment.WorkingSet, info.MemoryLoadBytes) / (double)info.TotalAvailableMemoryBytes;
        }

        double CpuShare()
        {
            lock (gate)
            {
                var elapsed = Stopwatch.GetElapsedTime(since);
                if (elapsed < CpuWindow)
                {
                    return share;
                }
                var usedNow = Environment.CpuUsage.TotalTime;
                share = (usedNow - used) / (elapsed * Environment.ProcessorCount);
                (since, used) = (Stopwatch.GetTimestamp(), usedNow);
                return share;
            }
        }
    }
}
