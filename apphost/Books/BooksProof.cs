using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.Database;
using Settlement.Database.Proof;
using Temporalio.Client;

namespace Settlement.AppHost.Books;

/// <summary>Proves an environment's books against the bank's own books and against Temporal's open workflows.</summary>
public static class BooksProof
{
    /// <summary>An audit entry may be unsealed for so long; a proof right after the last settlement waits for the sealer.</summary>
    private static readonly TimeSpan SealerLimit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A workflow closes one workflow task after its last step is in the books, and Temporal's list follows a moment later: what invariant 8
    /// says of open workflows counts only when it still holds after so long.
    /// </summary>
    private static readonly TimeSpan ClosingLimit = TimeSpan.FromSeconds(15);

    private const int OpenWorkflowInvariant = 8;
    private const string OpenSettlements = "ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH 'settlement-'";

    /// <summary>Proves the books of an environment that runs.</summary>
    public static Task<ProofReport> ProveAsync(SettlementEnvironment environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return ProveAsync(environment.DatabaseUrl, environment.TemporalAddress, environment.BankAddress, atRest: false, cancellationToken);
    }

    /// <summary>Proves books wherever they are.</summary>
    /// <param name="databaseUrl">postgres:// URL of the settlement database.</param>
    /// <param name="temporalAddress">HOST:PORT.</param>
    /// <param name="bankAddress">Root of the bank simulator.</param>
    /// <param name="atRest">No worker runs: nothing is waited for, and what was under way when the worker stopped is no breach of its own.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<ProofReport> ProveAsync(string databaseUrl, string temporalAddress, Uri bankAddress, bool atRest, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(databaseUrl));
        if (!atRest)
            await WaitForSealerAsync(database, cancellationToken);
        var temporal = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(temporalAddress));
        var until = DateTimeOffset.UtcNow + (atRest ? TimeSpan.Zero : ClosingLimit);
        while (true)
        {
            var report = await new BooksProver(database) { AtRest = atRest }.ProveAsync(
                token => BankBooks.ReadAsync(bankAddress, token),
                async token => await temporal.ListWorkflowsAsync(OpenSettlements).Select(workflow => new OpenWorkflow(workflow.Id)).ToListAsync(token),
                cancellationToken);
            if (report.Breaches.All(b => b.Invariant != OpenWorkflowInvariant) || DateTimeOffset.UtcNow > until)
                return report;
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }

    private static async Task WaitForSealerAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var until = DateTimeOffset.UtcNow + SealerLimit;
        while (DateTimeOffset.UtcNow < until)
        {
            await using var unsealed = database.CreateCommand("SELECT count(*) FROM settlement.audit_log WHERE seal_number IS NULL");
            if ((long)(await unsealed.ExecuteScalarAsync(cancellationToken))! == 0)
                return;
            await Task.Delay(100, cancellationToken);
        }
    }
}
