using System.ComponentModel.DataAnnotations;

namespace Settlement.Activities.Jobs;

/// <summary>Which jobs run, and how often. A slot is a multiple of the interval since 1970, UTC.</summary>
public sealed class JobOptions
{
    public const string SectionName = "Jobs";

    /// <summary>Environment names of these settings.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CRON_ENABLED"] = "Jobs:Enabled",
        ["SETTLEMENT_MONITORING_INTERVAL_HOURS"] = "Jobs:MonitoringIntervalHours",
        ["SETTLEMENT_ARCHIVE_AFTER_DAYS"] = "Jobs:ArchiveAfterDays",
    };

    /// <summary>False: the worker keeps no schedules; those that exist are paused. Env <c>CRON_ENABLED</c>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Hours between two proofs that no retry and no deadline was missed. Env <c>SETTLEMENT_MONITORING_INTERVAL_HOURS</c>.</summary>
    [Range(0.01, 24, ErrorMessage = "Jobs:MonitoringIntervalHours (SETTLEMENT_MONITORING_INTERVAL_HOURS) must be between {1} and {2}")]
    public double MonitoringIntervalHours { get; set; } = 1;

    /// <summary>Seconds between two sweeps of expired locks.</summary>
    [Range(5, 86_400)]
    public int LocksSeconds { get; set; } = 60;

    /// <summary>Seconds between two comparisons of open settlements and open workflows.</summary>
    [Range(5, 86_400)]
    public int OrphansSeconds { get; set; } = 300;

    /// <summary>Hours between two rounds of statements, clean-up and archive.</summary>
    [Range(1, 24)]
    public int DailyHours { get; set; } = 24;

    /// <summary>Days after its end until a settlement may be archived. Env <c>SETTLEMENT_ARCHIVE_AFTER_DAYS</c>.</summary>
    [Range(1, 3_650, ErrorMessage = "Jobs:ArchiveAfterDays (SETTLEMENT_ARCHIVE_AFTER_DAYS) must be between {1} and {2}")]
    public int ArchiveAfterDays { get; set; } = 90;

    /// <summary>Seconds after its slot until a run that has not begun counts as missed.</summary>
    [Range(5, 86_400)]
    public int GraceSeconds { get; set; } = 300;
}
