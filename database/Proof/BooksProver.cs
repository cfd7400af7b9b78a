using Npgsql;

namespace Settlement.Database.Proof;

/// <summary>
/// Recomputes the books from their entries and checks the invariants of MONEY.md. It reads one snapshot, so it can run while
/// settlements do. What lies outside the database (the banks' own books, Temporal's open workflows) is handed in.
/// </summary>
public sealed class BooksProver(NpgsqlDataSource dataSource)
{
    /// <summary>At most this many breaches are listed per check; one is enough to fail.</summary>
    internal const int MaxPerCheck = 50;

    /// <summary>True: no worker runs, so audit rows may be unsealed that were fresh when the last one was written.</summary>
    public bool AtRest { get; init; }

    /// <summary>Checks only that the active locks of every account add up to what it holds (invariant 2).</summary>
    public async Task<IReadOnlyList<Breach>> ProveLocksAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var breaches = new List<Breach>();
        foreach (var check in LedgerChecks.All.Where(check => check.Invariant == LedgerChecks.HeldBalance))
            breaches.AddRange(await check.RunAsync(connection, cancellationToken));
        return breaches;
    }

    /// <summary>Checks everything that can be checked with what is given.</summary>
    /// <param name="bankBooks">The banks' own books (invariants 4 and 5); null: not compared.</param>
    /// <param name="openWorkflows">Temporal's open settlement workflows (invariant 8); null: not compared.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<ProofReport> ProveAsync(
        Func<CancellationToken, Task<IReadOnlyCollection<BankPosition>>>? bankBooks = null,
        Func<CancellationToken, Task<IReadOnlyCollection<OpenWorkflow>>>? openWorkflows = null,
        CancellationToken cancellationToken = default)
    {
        var banks = bankBooks is null ? null : await bankBooks(cancellationToken);
        var workflows = openWorkflows is null ? null : await openWorkflows(cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var breaches = new List<Breach>();
        foreach (var check in LedgerChecks.All.Concat(SettlementChecks.All).Concat(ArchiveChecks.All))
            breaches.AddRange(await check.RunAsync(connection, cancellationToken));
        if (banks is not null)
            breaches.AddRange(await BankChecks.RunAsync(connection, banks, cancellationToken));
        if (workflows is not null)
            breaches.AddRange(await WorkflowChecks.RunAsync(connection, workflows, cancellationToken));
        var counts = (await Sql.ListAsync(connection, Sql.Command("""
            SELECT (SELECT count(*) FROM settlement.settlement_transactions), (SELECT count(*) FROM settlement.ledger_transfers),
                   (SELECT count(*) FROM settlement.accounts)
            """), row => (Settlements: row.GetInt64(0), Transfers: row.GetInt64(1), Accounts: row.GetInt64(2)), cancellationToken)).Single();
        await transaction.RollbackAsync(cancellationToken);
        breaches.AddRange(await new AuditVerifier(dataSource) { AtRest = AtRest }.VerifyAsync(cancellationToken));
        breaches.AddRange(await new ArchiveVerifier(dataSource).VerifyAsync(cancellationToken));
        return new ProofReport(breaches, counts.Settlements, counts.Transfers, counts.Accounts);
    }
}
