using Npgsql;

namespace Settlement.Database;

/// <summary>
/// The run ledger of scheduled jobs: one run per job and slot, whatever the number of workers. A failed, missed or abandoned slot may be
/// taken again; a succeeded one never. A slot that nobody took is noticed and written down.
/// </summary>
public sealed class JobLedger(NpgsqlDataSource dataSource)
{
    /// <summary>Missed slots are looked for this far back.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(3);

    /// <summary>
    /// Says how often a job is due: at every multiple of the interval since 1970, UTC, which is also how a schedule of Temporal counts. A
    /// changed interval, or a job that is active again, counts from now on.
    /// </summary>
    /// <param name="job">Name of the job.</param>
    /// <param name="interval">Whole seconds.</param>
    /// <param name="grace">So long after its slot a run may begin without being missed; whole seconds.</param>
    /// <param name="active">False: nobody expects it any more.</param>
    /// <param name="asOf">Business time.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task ExpectAsync(string job, TimeSpan interval, TimeSpan grace, bool active, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await Sql.ExecuteAsync(connection, Sql.Command("""
            INSERT INTO settlement.job_schedules AS s (job, interval_seconds, grace_seconds, active, known_since) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (job) DO UPDATE
               SET interval_seconds = $2, grace_seconds = $3, active = $4,
                   known_since = CASE WHEN s.interval_seconds = $2 AND s.active THEN s.known_since ELSE $5 END
            """, job, (int)interval.TotalSeconds, (int)grace.TotalSeconds, active, asOf.ToUniversalTime()), cancellationToken);
    }

    /// <summary>Claims a slot.</summary>
    /// <param name="job">Name of the job.</param>
    /// <param name="slot">The scheduled instant that this run is for.</param>
    /// <param name="runner">Who runs it, for example the workflow's run id; the same runner may claim its slot again.</param>
    /// <param name="asOf">Business time.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>True if the slot is the runner's; false if it has succeeded, was skipped or another runs it.</returns>
    public async Task<bool> TryStartAsync(string job, DateTimeOffset slot, string runner, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var claimed = await Sql.ListAsync(connection, Sql.Command("""
            INSERT INTO settlement.job_runs (job, slot, state, runner, started_as_of) VALUES ($1, $2, 'RUNNING', $3, $4)
            ON CONFLICT (job, slot) DO UPDATE SET state = 'RUNNING', runner = $3, started_as_of = $4, ended_as_of = NULL, tries = job_runs.tries + 1
             WHERE job_runs.state IN ('FAILED', 'MISSED') OR (job_runs.state = 'RUNNING' AND job_runs.runner = $3)
            RETURNING 1
            """, job, slot.ToUniversalTime(), runner, asOf.ToUniversalTime()), _ => true, cancellationToken);
        return claimed.Count == 1;
    }

    /// <summary>Records how the runner's run ended; detail is JSON or null.</summary>
    public async Task FinishAsync(
        string job, DateTimeOffset slot, string runner, bool succeeded, DateTimeOffset asOf, string? detailJson = null, CancellationToken cancellationToken = default) =>
        await EndAsync(job, slot, runner, succeeded ? JobRunState.Succeeded : JobRunState.Failed, asOf, detailJson, cancellationToken);

    /// <summary>Records that the runner left its slot alone because a kill switch is on.</summary>
    public async Task SkipAsync(string job, DateTimeOffset slot, string runner, DateTimeOffset asOf, string detailJson, CancellationToken cancellationToken = default) =>
        await EndAsync(job, slot, runner, JobRunState.Skipped, asOf, detailJson, cancellationToken);

    /// <summary>
    /// Writes down every slot that has passed and that nobody took, once, with audit entry and event; at most three days back.
    /// </summary>
    /// <param name="asOf">Business time.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <returns>The slots found now, oldest first.</returns>
    public async Task<IReadOnlyList<JobSlot>> RecordMissedAsync(DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await Sql.ListAsync(connection, Sql.Command("""
            WITH missed AS (
                INSERT INTO settlement.job_runs (job, slot, state, runner, started_as_of, ended_as_of, tries)
                SELECT s.job, d.slot, 'MISSED', 'nobody', $1, $1, 0 FROM settlement.job_schedules s,
                       LATERAL generate_series(
                           to_timestamp(ceil(extract(epoch FROM greatest(s.known_since, $1 - $2)) / s.interval_seconds) * s.interval_seconds),
                           $1 - make_interval(secs => s.grace_seconds), make_interval(secs => s.interval_seconds)) AS d (slot)
                 WHERE s.active
                ON CONFLICT (job, slot) DO NOTHING
                RETURNING job, slot),
            audited AS (
                INSERT INTO settlement.audit_log (target, action, actor, actor_source, reason, after, as_of)
                SELECT 'job:' || job, 'job_slot_missed', 'system', 'JOB', 'its time passed and nobody ran it', jsonb_build_object('slot', slot), $1 FROM missed),
            published AS (
                INSERT INTO settlement.outbox_events (type, payload, as_of)
                SELECT 'job.slot_missed', jsonb_build_object('job', job, 'slot', slot), $1 FROM missed)
            SELECT job, slot FROM missed ORDER BY slot, job
            """, asOf.ToUniversalTime(), Horizon), row => new JobSlot(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)), cancellationToken);
    }

    /// <summary>Marks runs as failed that began before an instant and never ended: their workflow was terminated or lost.</summary>
    /// <returns>The slots; each may be taken again.</returns>
    public async Task<IReadOnlyList<JobSlot>> AbandonAsync(DateTimeOffset startedBefore, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await Sql.ListAsync(connection, Sql.Command("""
            UPDATE settlement.job_runs SET state = 'FAILED', ended_as_of = $2, detail = '{"error":"the run never ended"}'
             WHERE state = 'RUNNING' AND started_as_of < $1 RETURNING job, slot
            """, startedBefore.ToUniversalTime(), asOf.ToUniversalTime()), row => new JobSlot(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)), cancellationToken);
    }

    private async Task EndAsync(
        string job, DateTimeOffset slot, string runner, JobRunState state, DateTimeOffset asOf, string? detailJson, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await Sql.ExecuteAsync(connection, Sql.Command("""
            UPDATE settlement.job_runs SET state = $4, ended_as_of = $5, detail = $6 WHERE job = $1 AND slot = $2 AND runner = $3 AND state = 'RUNNING'
            """, job, slot.ToUniversalTime(), runner, Domain.UpperSnake.Of(state), asOf.ToUniversalTime(), Sql.Jsonb(detailJson)), cancellationToken);
    }
}

/// <summary>One scheduled instant of a job.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Slot">The instant, UTC.</param>
public sealed record JobSlot(string Job, DateTimeOffset Slot);
