using Settlement.Database;
using Settlement.Database.Proof;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Jobs;

/// <summary>
/// Ends locks whose time is over, which only happens to a settlement that never came to send its instruction: a lock is frozen before
/// that. Then proves that the active locks of every account add up to what it holds.
/// </summary>
public sealed class LocksJob(LockSweeper sweeper, BooksProver prover) : IJob
{
    private const int Batch = 200;

    /// <inheritdoc/>
    public string Name => JobNames.Locks;

    /// <inheritdoc/>
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<ExpiredLock> expired;
        do
        {
            expired = await sweeper.SweepAsync(context.AsOf, Batch, cancellationToken);
            context.Report(expired.Count);
            foreach (var one in expired)
                context.Find($"the lock of settlement {one.SettlementId:D}, attempt {one.Attempt}, has expired");
        }
        while (expired.Count > 0);

        foreach (var breach in await prover.ProveLocksAsync(cancellationToken))
            context.Find(breach.ToString());
    }
}
