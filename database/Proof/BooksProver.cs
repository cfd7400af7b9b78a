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

/// <summary>What a proof has looked at and found.</summary>
/// <param name="Breaches">Empty if the books prove out.</param>
/// <param name="Settlements">Settlements seen.</param>
/// <param name="Transfers">Ledger transfers seen.</param>
/// <param name="Accounts">Accounts seen.</param>
public sealed record ProofReport(IReadOnlyList<Breach> Breaches, long Settlements, long Transfers, long Accounts)
{
    public bool Holds => Breaches.Count == 0;
}

/// <summary>A broken invariant of MONEY.md with its evidence.</summary>
/// <param name="Invariant">Number in MONEY.md, 1 to 8.</param>
/// <param name="What">One phrase.</param>
/// <param name="Evidence">Ids and figures that show it.</param>
public sealed record Breach(int Invariant, string What, string Evidence)
{
    public override string ToString() => $"invariant {Invariant}: {What}: {Evidence}";
}

/// <summary>What a bank's own books say of one payment.</summary>
/// <param name="Uetr">Which payment.</param>
/// <param name="Executions">How often the bank has moved the money; more than 1 is a double payment.</param>
/// <param name="Currency">Of which currency.</param>
/// <param name="AmountMinor">How much each time, minor units.</param>
/// <param name="Returned">Whether the bank has given it back since.</param>
public sealed record BankPosition(Guid Uetr, int Executions, string Currency, long AmountMinor, bool Returned);

/// <summary>A workflow that Temporal says is running.</summary>
/// <param name="WorkflowId"><c>settlement-{reference}</c>.</param>
public sealed record OpenWorkflow(string WorkflowId);

/// <summary>A check that is one query: each row it returns (one text column) is the evidence of one breach.</summary>
internal sealed record SqlCheck(int Invariant, string What, string Query)
{
    public Task<List<Breach>> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Sql.ListAsync(connection, Sql.Command($"{Query} LIMIT {BooksProver.MaxPerCheck}"), row => new Breach(Invariant, What, row.GetString(0)), cancellationToken);
}
