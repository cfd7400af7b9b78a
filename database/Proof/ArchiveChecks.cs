namespace Settlement.Database.Proof;

/// <summary>What is archived is marked so, and what is marked so is archived.</summary>
internal static class ArchiveChecks
{
    public static readonly IReadOnlyList<SqlCheck> All =
    [
        new(7, "marked as archived, but not in the archive", """
            SELECT format('settlement %s', s.reference) FROM settlement.settlement_transactions s
             WHERE s.archived_as_of IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM archive.settlements a WHERE a.settlement_id = s.settlement_id AND a.restored_as_of IS NULL)
            """),
        new(7, "in the archive, but not marked so", """
            SELECT format('settlement %s, link %s', a.reference, a.archive_number)
              FROM archive.settlements a JOIN settlement.settlement_transactions s USING (settlement_id)
             WHERE a.restored_as_of IS NULL AND s.archived_as_of IS NULL
            """),
        new(7, "audit rows of an archived settlement are not those that were archived", """
            SELECT format('settlement %s, link %s', a.reference, a.archive_number) FROM archive.settlements a
             WHERE a.restored_as_of IS NULL
               AND (SELECT coalesce(json_agg(l.audit_id ORDER BY l.audit_id)::text, '') FROM archive.audit_log l WHERE l.settlement_id = a.settlement_id)
                   <> coalesce(a.record ->> 'audit_ids', '')
            """),
        new(7, "audit row both archived and not", """
            SELECT format('row %s', audit_id) FROM archive.audit_log JOIN settlement.audit_log USING (audit_id)
            """),
    ];
}
