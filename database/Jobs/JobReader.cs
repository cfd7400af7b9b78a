using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Reads the run ledger of scheduled jobs.</summary>
public sealed class JobReader(NpgsqlDataSource dataSource)
{
    private const string RunColumns = "r.job, r.slot, r.state, r.runner, r.tries, r.started_as_of, r.ended_as_of, r.detail, r.recorded_at";

    /// <summary>Every job that a worker has ever kept a schedule for, by name.</summary>
    public async Task<IReadOnlyList<JobState>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await Sql.ListAsync(connection, Sql.Command($"""
            SELECT {RunColumns}, s.job, s.interval_seconds, s.active
              FROM settlement.job_schedules s
              LEFT JOIN LATERAL (SELECT * FROM settlement.job_runs r WHERE r.job = s.job ORDER BY r.slot DESC LIMIT 1) r ON true
             ORDER BY s.job
            """), row => new JobState(row.GetString(9), row.GetInt32(10), row.GetBoolean(11), row.IsDBNull(0) ? null : Run(row)), cancellationToken);
    }

    /// <summary>The newest runs of one job, the newest first.</summary>
    public async Task<IReadOnlyList<JobRun>> RunsAsync(string job, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await Sql.ListAsync(connection, Sql.Command(
            $"SELECT {RunColumns} FROM settlement.job_runs r WHERE r.job = $1 ORDER BY r.slot DESC LIMIT $2", job, limit), Run, cancellationToken);
    }

    private static JobRun Run(NpgsqlDataReader row) => new()
    {
        Job = row.GetString(0),
        Slot = row.GetFieldValue<DateTimeOffset>(1),
        State = UpperSnake.Parse<JobRunState>(row.GetString(2)),
        Runner = row.GetString(3),
        Tries = row.GetInt32(4),
        StartedAsOf = row.GetFieldValue<DateTimeOffset>(5),
        EndedAsOf = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
        Detail = row.IsDBNull(7) ? null : row.GetString(7),
        RecordedAt = row.GetFieldValue<DateTimeOffset>(8),
    };
}

/// <summary>A job as people look at it.</summary>
/// <param name="Job">Its name.</param>
/// <param name="EverySeconds">Seconds between two slots.</param>
/// <param name="Active">False: nobody expects it, because it is paused or switched off.</param>
/// <param name="LastRun">The newest slot in the run ledger; null if there is none.</param>
public sealed record JobState(string Job, int EverySeconds, bool Active, JobRun? LastRun);
