using Microsoft.Extensions.Options;
using Settlement.Database;
using Settlement.Workflows.Contracts;

namespace Settlement.Activities.Jobs;

/// <summary>Archives settlements that ended long ago, a hundred per transaction, and verifies the archive's chain.</summary>
public sealed class ArchiveJob(SettlementArchive archive, ArchiveVerifier verifier, IOptions<JobOptions> options) : IJob
{
    private const int Batch = 100;

    /// <inheritdoc/>
    public string Name => JobNames.Archive;

    /// <inheritdoc/>
    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var endedBefore = context.AsOf.AddDays(-options.Value.ArchiveAfterDays);
        int stored;
        do
        {
            stored = (await archive.StoreAsync(endedBefore, context.AsOf, Batch, cancellationToken)).Count;
            context.Report(stored);
        }
        while (stored > 0);

        foreach (var breach in await verifier.VerifyAsync(cancellationToken))
            context.Find(breach.ToString());
    }
}
