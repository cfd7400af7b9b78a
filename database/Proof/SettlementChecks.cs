using Npgsql;
using Settlement.Domain;

namespace Settlement.Database.Proof;

/// <summary>Invariants 4 to 6 as far as our own books can tell.</summary>
internal static class SettlementChecks
{
    public static readonly IReadOnlyList<SqlCheck> All =
    [
        new(4, "more than one payment confirmed", """
            SELECT format('settlement %s: %s confirmed payments', settlement_id, count(*)) FROM settlement.bank_instructions
             WHERE kind = 'PAYMENT' AND state = 'CONFIRMED' GROUP BY settlement_id HAVING count(*) > 1
            """),
        new(5, "SETTLED without exactly one posting of its amount", """
            SELECT format('settlement %s: %s postings, debtor lost %s of %s', s.reference, count(DISTINCT t.transfer_id),
                          coalesce(-sum(e.amount_minor), 0), s.amount_minor + s.fee_minor)
              FROM settlement.settlement_transactions s
              LEFT JOIN settlement.ledger_transfers t ON t.settlement_id = s.settlement_id AND t.kind = 'SETTLEMENT'
              LEFT JOIN settlement.accounts a ON a.account_number = s.debtor_account
              LEFT JOIN settlement.ledger_entries e ON e.transfer_id = t.transfer_id AND e.account_id = a.account_id
             WHERE s.status = 'SETTLED'
             GROUP BY s.settlement_id
            HAVING count(DISTINCT t.transfer_id) <> 1
                OR coalesce(-sum(e.amount_minor), 0) <> CASE WHEN s.returns_settlement_id IS NULL THEN s.amount_minor + s.fee_minor ELSE -s.amount_minor END
            """),
        new(5, "posted but not SETTLED", """
            SELECT format('settlement %s: %s', s.reference, s.status) FROM settlement.settlement_transactions s
              JOIN settlement.ledger_transfers t ON t.settlement_id = s.settlement_id AND t.kind = 'SETTLEMENT' WHERE s.status <> 'SETTLED'
            """),
        new(5, "ended with funds still locked", """
            SELECT format('settlement %s: %s, lock %s of %s', s.reference, s.status, l.lock_id, l.amount_minor)
              FROM settlement.settlement_transactions s JOIN settlement.fund_locks l ON l.settlement_id = s.settlement_id AND l.state = 'ACTIVE'
             WHERE s.status IN ('SETTLED', 'FAILED', 'CANCELLED', 'AWAITING_RETRY', 'PENDING', 'AWAITING_APPROVAL', 'SCHEDULED')
            """),
        new(5, "instruction out, but its lock is gone", """
            SELECT format('settlement %s: %s', s.reference, s.status) FROM settlement.settlement_transactions s
             WHERE s.status IN ('TRANSFER_INITIATED', 'OUTCOME_UNKNOWN', 'CONFIRMED') AND s.kind <> 'DVP' AND s.returns_settlement_id IS NULL
               AND NOT EXISTS (SELECT 1 FROM settlement.fund_locks l
                                WHERE l.settlement_id = s.settlement_id AND l.attempt = s.attempt AND l.state = 'ACTIVE' AND l.frozen_as_of IS NOT NULL)
            """),
        new(5, "ended with a compensation still open", """
            SELECT format('settlement %s: %s, %s %s', s.reference, s.status, c.action, c.state)
              FROM settlement.settlement_transactions s JOIN settlement.compensation_transactions c USING (settlement_id)
             WHERE s.status IN ('FAILED', 'CANCELLED') AND c.state = 'FAILING'
            """),
        new(6, "history does not lead to the present state", """
            SELECT format('settlement %s: status %s, history ends at %s', s.reference, s.status, coalesce(h.to_status, 'nothing'))
              FROM settlement.settlement_transactions s
              LEFT JOIN LATERAL (SELECT to_status FROM settlement.settlement_status_history h
                                  WHERE h.settlement_id = s.settlement_id ORDER BY history_id DESC LIMIT 1) h ON true
             WHERE h.to_status IS DISTINCT FROM s.status AND s.archived_as_of IS NULL
            """),
        new(6, "history skips a state or takes a step that is none", """
            SELECT format('settlement %s: %s to %s after %s', h.settlement_id, h.from_status, h.to_status, h.previous) FROM (
                SELECT x.*, s.kind, lag(x.to_status) OVER (PARTITION BY x.settlement_id ORDER BY x.history_id) AS previous
                  FROM settlement.settlement_status_history x JOIN settlement.settlement_transactions s USING (settlement_id)) h
             WHERE h.from_status IS DISTINCT FROM h.previous
                OR (h.from_status IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM settlement.settlement_transition_rules r
                     WHERE r.kind = h.kind AND r.from_status = h.from_status AND r.to_status = h.to_status))
            """),
        new(6, "state changes, audit rows and events differ in number", """
            SELECT format('settlement %s: %s changes, %s audit rows, %s events', settlement_id, h.n, coalesce(a.n, 0), coalesce(o.n, 0))
              FROM (SELECT settlement_id, count(*) AS n FROM settlement.settlement_status_history GROUP BY 1) h
              LEFT JOIN (SELECT settlement_id, count(*) AS n FROM settlement.audit_log
                          WHERE action IN ('created', 'status_changed') GROUP BY 1) a USING (settlement_id)
              LEFT JOIN (SELECT settlement_id, count(*) AS n FROM settlement.outbox_events
                          WHERE type IN (SELECT 'settlement.' || lower(x) FROM (SELECT from_status FROM settlement.settlement_transition_rules
                                          UNION SELECT to_status FROM settlement.settlement_transition_rules) s (x)) GROUP BY 1) o USING (settlement_id)
             WHERE h.n <> coalesce(a.n, 0) OR h.n <> coalesce(o.n, 0)
            """),
    ];
}

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
