namespace Settlement.Worker.Logging;

/// <summary>Every line that the host itself writes, with its stable event id (1000 to 1099).</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(1000, LogLevel.Information, "Database schema is current; {Applied} migrations applied")]
    public static partial void Migrated(this ILogger log, int applied);

    [LoggerMessage(1001, LogLevel.Warning, "The database is not ready yet: {Reason}")]
    public static partial void DatabaseNotReady(this ILogger log, string reason);

    [LoggerMessage(1002, LogLevel.Information, "{Count} search attributes registered")]
    public static partial void SearchAttributesRegistered(this ILogger log, int count);

    [LoggerMessage(1003, LogLevel.Error, "Search attributes cannot be registered with this account ({Reason}); an administrator must add: {Needed}")]
    public static partial void SearchAttributesRefused(this ILogger log, string reason, string needed);

    [LoggerMessage(1004, LogLevel.Warning, "Temporal at {Address} is not ready yet: {Reason}")]
    public static partial void TemporalNotReady(this ILogger log, string address, string reason);

    [LoggerMessage(1005, LogLevel.Warning, "The database roles {Roles} are missing and the migrating account may not create them: every program has the rights of its own account")]
    public static partial void RolesMissing(this ILogger log, string roles);

    [LoggerMessage(1006, LogLevel.Information, "{Count} migrations are missing and this account does not own the schema; it waits for them")]
    public static partial void MigrationAwaited(this ILogger log, int count);

    [LoggerMessage(1010, LogLevel.Warning, "Started {Count} settlements whose workflow was missing")]
    public static partial void SweptPending(this ILogger log, int count);

    [LoggerMessage(1011, LogLevel.Error, "Settlement {SettlementId} is PENDING and its workflow cannot be started from what is on record")]
    public static partial void PendingNotStartable(this ILogger log, Exception error, Guid settlementId);

    [LoggerMessage(1030, LogLevel.Information, "Schedule {Schedule} is created, every {Every}")]
    public static partial void ScheduleCreated(this ILogger log, string schedule, TimeSpan every);

    [LoggerMessage(1031, LogLevel.Information, "Schedule {Schedule} is changed, every {Every}")]
    public static partial void ScheduleChanged(this ILogger log, string schedule, TimeSpan every);

    [LoggerMessage(1032, LogLevel.Information, "Schedule {Schedule} is not there, and CRON_ENABLED is false")]
    public static partial void ScheduleAbsent(this ILogger log, string schedule);

    [LoggerMessage(1033, LogLevel.Error, "Job {Job} was not run for its slot {Slot}")]
    public static partial void SlotMissed(this ILogger log, string job, DateTimeOffset slot);

    [LoggerMessage(1020, LogLevel.Error, "{Relay} failed; it is tried again in {Seconds} s")]
    public static partial void RelayFailed(this ILogger log, Exception error, string relay, int seconds);
}
