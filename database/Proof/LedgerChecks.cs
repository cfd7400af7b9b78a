namespace Settlement.Database.Proof;

/// <summary>Invariants 1 to 3: recomputed from entries and locks, whatever the triggers have promised.</summary>
internal static class LedgerChecks
{
    /// <summary>Number of the invariant "sum of active locks per account = its held balance".</summary>
    public const int HeldBalance = 2;

    public static readonly IReadOnlyList<SqlCheck> All =
    [
        new(1, "transfer does not sum to zero", """
            SELECT format('transfer %s: %s %s over', transfer_id, sum(amount_minor), currency)
              FROM settlement.ledger_entries GROUP BY transfer_id, currency HAVING sum(amount_minor) <> 0
            """),
        new(1, "transfer without entries", """
            SELECT format('transfer %s', t.transfer_id) FROM settlement.ledger_transfers t
             WHERE NOT EXISTS (SELECT 1 FROM settlement.ledger_entries e WHERE e.transfer_id = t.transfer_id)
               AND NOT EXISTS (SELECT 1 FROM settlement.custody_entries c WHERE c.transfer_id = t.transfer_id)
            """),
        new(1, "delivery does not sum to zero", """
            SELECT format('transfer %s: %s %s over', transfer_id, sum(quantity), instrument)
              FROM settlement.custody_entries GROUP BY transfer_id, instrument HAVING sum(quantity) <> 0
            """),
        new(1, "holding is not the sum of its entries", """
            SELECT format('account %s: %s of %s, entries %s', h.account_id, h.posted, h.instrument, coalesce(e.total, 0)) FROM settlement.custody_holdings h
              FULL JOIN (SELECT account_id, instrument, sum(quantity) AS total FROM settlement.custody_entries GROUP BY 1, 2) e USING (account_id, instrument)
             WHERE coalesce(h.posted, 0) <> coalesce(e.total, 0)
            """),
        new(3, "delivered more than was there", """
            SELECT format('account %s: %s of %s', account_id, posted, instrument) FROM settlement.custody_holdings WHERE covered AND posted < 0
            """),
        new(1, "entry in another currency than its account", """
            SELECT format('entry %s: %s in account %s', e.entry_id, e.currency, a.account_number)
              FROM settlement.ledger_entries e JOIN settlement.accounts a USING (account_id) WHERE e.currency <> a.currency
            """),
        new(1, "posted balance is not the sum of entries", """
            SELECT format('account %s: posted %s, entries %s', a.account_number, a.posted_minor, coalesce(e.total, 0))
              FROM settlement.accounts a
              LEFT JOIN (SELECT account_id, sum(amount_minor) AS total FROM settlement.ledger_entries GROUP BY account_id) e USING (account_id)
             WHERE a.posted_minor <> CASE a.normal_side WHEN 'CREDIT' THEN coalesce(e.total, 0) ELSE -coalesce(e.total, 0) END
            """),
        new(1, "running balance does not follow", """
            SELECT format('entry %s: balance %s, recomputed %s', entry_id, balance_after_minor, running) FROM (
                SELECT e.entry_id, e.balance_after_minor,
                       sum(CASE a.normal_side WHEN 'CREDIT' THEN e.amount_minor ELSE -e.amount_minor END)
                           OVER (PARTITION BY e.account_id ORDER BY e.entry_id) AS running
                  FROM settlement.ledger_entries e JOIN settlement.accounts a USING (account_id)) r
             WHERE balance_after_minor <> running
            """),
        new(1, "statement does not follow", """
            SELECT format('account %s, statement %s: %s to %s, previous closing %s, entries %s', r.account_id, r.statement_number, r.opening_minor, r.closing_minor,
                          coalesce(r.previous, 0), coalesce(r.moved, 0)) FROM (
                SELECT s.*, lag(s.closing_minor) OVER w AS previous, lag(s.statement_number) OVER w AS previous_number,
                       (SELECT sum(CASE a.normal_side WHEN 'CREDIT' THEN e.amount_minor ELSE -e.amount_minor END)
                          FROM settlement.ledger_entries e JOIN settlement.accounts a USING (account_id)
                         WHERE e.account_id = s.account_id AND e.entry_id BETWEEN s.first_entry_id AND s.last_entry_id) AS moved
                  FROM settlement.account_statements s WINDOW w AS (PARTITION BY s.account_id ORDER BY s.statement_number)) r
             WHERE r.opening_minor <> coalesce(r.previous, 0) OR r.closing_minor <> r.opening_minor + coalesce(r.moved, 0)
                OR r.statement_number <> coalesce(r.previous_number, 0) + 1
            """),
        new(HeldBalance, "held balance is not the sum of active locks", """
            SELECT format('account %s: held %s, locks %s', a.account_number, a.held_minor, coalesce(l.total, 0))
              FROM settlement.accounts a
              LEFT JOIN (SELECT account_id, sum(amount_minor) AS total FROM settlement.fund_locks WHERE state = 'ACTIVE' GROUP BY account_id) l USING (account_id)
             WHERE a.held_minor <> coalesce(l.total, 0)
            """),
        new(3, "below the floor", """
            SELECT format('account %s: posted %s, held %s, floor %s', account_number, posted_minor, held_minor, floor_minor)
              FROM settlement.accounts WHERE floor_minor IS NOT NULL AND posted_minor - held_minor < floor_minor
            """),
    ];
}
