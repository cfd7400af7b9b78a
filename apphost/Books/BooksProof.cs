using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.Database;
using Settlement.Database.Proof;
using Temporalio.Client;

namespace Settlement.AppHost.Books;

/// <summary>Proves a house's books against the bank's own books and against Temporal's open workflows.</summary>
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

    public static async Task<ProofReport> ProveAsync(SettlementHouse house, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(house);
        await using var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(house.DatabaseUrl));
        await WaitForSealerAsync(database, cancellationToken);
        var temporal = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(house.TemporalAddress));
        var until = DateTimeOffset.UtcNow + ClosingLimit;
        while (true)
        {
            var report = await new BooksProver(database).ProveAsync(
                token => BankBooks.ReadAsync(house.BankAddress, token),
                token => OpenWorkflowsAsync(temporal, token),
                cancellationToken);
            if (report.Breaches.All(b => b.Invariant != OpenWorkflowInvariant) || DateTimeOffset.UtcNow > until)
                return report;
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }

    private static async Task<IReadOnlyCollection<OpenWorkflow>> OpenWorkflowsAsync(TemporalClient temporal, CancellationToken cancellationToken)
    {
        var open = new List<OpenWorkflow>();
        await foreach (var workflow in temporal.ListWorkflowsAsync("ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH 'settlement-'").WithCancellation(cancellationToken))
            open.Add(new OpenWorkflow(workflow.Id));
        return open;
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
