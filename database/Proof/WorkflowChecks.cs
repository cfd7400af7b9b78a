using Npgsql;
using Settlement.Domain;

namespace Settlement.Database.Proof;

/// <summary>Invariant 8: open settlements and open workflows are the same set.</summary>
internal static class WorkflowChecks
{
    public static async Task<List<Breach>> RunAsync(NpgsqlConnection connection, IReadOnlyCollection<OpenWorkflow> workflows, CancellationToken cancellationToken)
    {
        var open = await Sql.ListAsync(connection, Sql.Command("""
            SELECT reference, status FROM settlement.settlement_transactions WHERE status NOT IN ('SETTLED', 'FAILED', 'CANCELLED')
            """), row => (Reference: row.GetString(0), Status: row.GetString(1)), cancellationToken);
        var running = workflows.Select(workflow => workflow.WorkflowId).ToHashSet(StringComparer.Ordinal);
        var expected = open.Select(row => SettlementReference.WorkflowId(row.Reference)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. open.Where(row => !running.Contains(SettlementReference.WorkflowId(row.Reference)))
                .Select(row => new Breach(8, "open settlement without open workflow", $"{row.Reference}: {row.Status}")),
            .. running.Where(id => !expected.Contains(id)).Select(id => new Breach(8, "open workflow without open settlement", id)),
        ];
    }
}
