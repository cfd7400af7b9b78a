namespace Temporalio.DevServer.Schedules;

/// <summary>The real server's defaults, and bounds of our own.</summary>
internal static class ScheduleLimits
{
    /// <summary>How late an action may be taken, where the schedule does not say.</summary>
    public static readonly TimeSpan DefaultCatchupWindow = TimeSpan.FromDays(365);

    public static readonly TimeSpan MinCatchupWindow = TimeSpan.FromSeconds(10);

    /// <summary>How long a schedule that will never act again is kept.</summary>
    public static readonly TimeSpan IdleRetention = TimeSpan.FromDays(7);

    /// <summary>Starts and backfills that wait; more are dropped and counted.</summary>
    public const int MaxBuffer = 1000;

    /// <summary>Backfilled starts of one pass, so that a long backfill does not starve the rest.</summary>
    public const int BackfillsPerPass = 10;

    public const int RecentActions = 10;
    public const int FutureActions = 10;
    public const int ListedActions = 5;
    public const int ListedSpecItems = 10;
    public const int MatchingTimes = 1000;

    /// <summary>Times looked at in one pass; a schedule that was away for long takes several, and others get their turn.</summary>
    public const int TimesPerPass = 5000;

    public const int MaxNotesLength = 1000;
    public const int KeptRequestIds = 100;

    /// <summary>All schedules are in memory.</summary>
    public const int MaxSchedules = 50_000;
}
