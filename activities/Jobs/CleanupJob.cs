using Npgsql;
using Settlement.Database;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Jobs;

/// <summary>
/// Removes refresh tokens that expired a day ago, which no check reads any more, and gives up runs of jobs that began two days ago and
/// never ended. Records are not its business: they are archived, never removed.
/// </summary>
public sealed class CleanupJob(NpgsqlDataSource books, JobLedger ledger) : IJob
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(2);

    /// <inheritdoc/>
    public string Name => JobNames.Cleanup;

    /// <inheritdoc/>
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        // The machine's clock: the life of a token is no business date.
        await using var expired = books.CreateCommand("DELETE FROM settlement.api_refresh_tokens WHERE expires_at < clock_timestamp() - interval '1 day'");
        context.Report(await expired.ExecuteNonQueryAsync(cancellationToken));
        foreach (var run in await ledger.AbandonAsync(context.AsOf - Abandoned, context.AsOf, cancellationToken))
            context.Find($"job {run.Job} began its slot {run.Slot:u} and never ended it");
    }
}
