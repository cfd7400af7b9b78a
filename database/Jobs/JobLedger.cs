using Npgsql;

namespace Settlement.Database;

/// <summary>
/// The run ledger of scheduled jobs: one run per job and slot, whatever the number of workers. A failed or abandoned slot may be
/// taken again; a succeeded one never.
/// </summary>
public sealed class JobLedger(NpgsqlDataSource dataSource)
{
    /// <summary>Claims a slot.</summary>
    /// <param name="job">Name of the job.</param>
    /// <param name="slot">The scheduled instant that this run is for.</param>
    /// <param name="runner">Who runs it, for example the workflow's run id; the same runner may claim its slot again.</param>
    /// <param name="asOf">Business time.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>True if the slot is the runner's; false if it has succeeded or another runs it.</returns>
    public async Task<bool> TryStartAsync(string job, DateTimeOffset slot, string runner, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var claimed = await Sql.ListAsync(connection, Sql.Command("""
            INSERT INTO settlement.job_runs (job, slot, state, runner, started_as_of) VALUES ($1, $2, 'RUNNING', $3, $4)
            ON CONFLICT (job, slot) DO UPDATE SET state = 'RUNNING', runner = $3, started_as_of = $4, ended_as_of = NULL, tries = job_runs.tries + 1
             WHERE job_runs.state = 'FAILED' OR (job_runs.state = 'RUNNING' AND job_runs.runner = $3)
            RETURNING 1
            """, job, slot.ToUniversalTime(), runner, asOf.ToUniversalTime()), _ => true, cancellationToken);
        return claimed.Count == 1;
    }

    /// <summary>Records how the runner's run ended; detail is JSON or null.</summary>
    public async Task FinishAsync(
        string job, DateTimeOffset slot, string runner, bool succeeded, DateTimeOffset asOf, string? detailJson = null, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await Sql.ExecuteAsync(connection, Sql.Command("""
            UPDATE settlement.job_runs SET state = $4, ended_as_of = $5, detail = $6 WHERE job = $1 AND slot = $2 AND runner = $3 AND state = 'RUNNING'
            """, job, slot.ToUniversalTime(), runner, succeeded ? "SUCCEEDED" : "FAILED", asOf.ToUniversalTime(), Sql.Jsonb(detailJson)), cancellationToken);
    }
}
