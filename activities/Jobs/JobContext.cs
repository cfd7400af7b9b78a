using Microsoft.Extensions.Logging;

namespace Settlement.Activities.Jobs;

/// <summary>What a job is told, and what it reports.</summary>
/// <param name="slot">The scheduled instant that the run is for.</param>
/// <param name="asOf">Business time.</param>
/// <param name="alive">Called after each piece of work: the run is not stuck.</param>
public sealed class JobContext(DateTimeOffset slot, DateTimeOffset asOf, Action alive)
{
    /// <summary>Findings that are kept word for word; the rest is counted.</summary>
    public const int MaxListed = 50;

    private readonly List<string> findings = [];

    public DateTimeOffset Slot { get; } = slot;

    public DateTimeOffset AsOf { get; } = asOf;

    /// <summary>How many things were changed.</summary>
    public int Changed { get; private set; }

    /// <summary>How many things a person should look at.</summary>
    public int FindingCount { get; private set; }

    public IReadOnlyList<string> Findings => findings;

    /// <summary>Reports work done, and that the run lives.</summary>
    public void Report(int changed = 0)
    {
        Changed += changed;
        alive();
    }

    /// <summary>Reports something that a person should look at, in one line without personal data.</summary>
    public void Find(string finding)
    {
        FindingCount++;
        if (findings.Count < MaxListed)
            findings.Add(finding);
    }
}

/// <summary>What a scheduled job does. It may be run again for the same slot after a failure, so it repeats without harm.</summary>
public interface IJob
{
    /// <summary>One of <see cref="Workflows.Contracts.JobNames.All"/>.</summary>
    string Name { get; }

    /// <summary>Runs it.</summary>
    /// <param name="context">Time, slot and where to report to.</param>
    /// <param name="cancellationToken">Comes when the worker stops or the run was given up.</param>
    Task RunAsync(JobContext context, CancellationToken cancellationToken);
}

/// <summary>What jobs write to the log, with stable event ids (1200 to 1219).</summary>
internal static partial class JobLog
{
    [LoggerMessage(1200, LogLevel.Warning, "Job {Job} has {Count} findings, the first is: {First}")]
    public static partial void JobFound(this ILogger log, string job, int count, string first);

    [LoggerMessage(1201, LogLevel.Error, "Job {Job} has failed for its slot {Slot}: {Error}")]
    public static partial void JobFailed(this ILogger log, string job, DateTimeOffset slot, string error);
}
