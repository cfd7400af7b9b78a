namespace Settlement.Database;

/// <summary>The group roles that programs and people log in under; what each may do stands in <c>Roles/grants.sql</c>.</summary>
public enum DatabaseRole
{
    /// <summary>The starter API: inserts PENDING settlements and its own tables; moves no money and no state.</summary>
    Api,

    /// <summary>The worker: runs steps; moves money through the ledger's functions only; rewrites nothing.</summary>
    Worker,

    /// <summary>Reads everything but secrets, writes nothing.</summary>
    Auditor,
}
