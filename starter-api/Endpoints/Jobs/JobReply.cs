using Settlement.Database;

namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>One job.</summary>
public sealed record JobReply
{
    public required string Job { get; init; }

    /// <summary>Seconds between two slots.</summary>
    public required int EverySeconds { get; init; }

    /// <summary>False: paused, or switched off by CRON_ENABLED; as the workers last saw it, at most a minute ago.</summary>
    public required bool Active { get; init; }

    /// <summary>The newest slot that anybody took; null if none.</summary>
    public JobRunReply? LastRun { get; init; }

    public static JobReply Of(JobState job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new JobReply { Job = job.Job, EverySeconds = job.EverySeconds, Active = job.Active, LastRun = job.LastRun is { } run ? JobRunReply.Of(run) : null };
    }
}
