using Microsoft.Extensions.Logging;

namespace Settlement.Activities.Jobs;

/// <summary>What jobs write to the log, with stable event ids (1200 to 1219).</summary>
internal static partial class JobLog
{
    [LoggerMessage(1200, LogLevel.Warning, "Job {Job} has {Count} findings, the first is: {First}")]
    public static partial void JobFound(this ILogger log, string job, int count, string first);

    [LoggerMessage(1201, LogLevel.Error, "Job {Job} has failed for its slot {Slot}: {Error}")]
    public static partial void JobFailed(this ILogger log, string job, DateTimeOffset slot, string error);
}
