namespace Settlement.Database.Proof;

/// <summary>What a proof has looked at and found.</summary>
/// <param name="Breaches">Empty if the books prove out.</param>
/// <param name="Settlements">Settlements seen.</param>
/// <param name="Transfers">Ledger transfers seen.</param>
/// <param name="Accounts">Accounts seen.</param>
public sealed record ProofReport(IReadOnlyList<Breach> Breaches, long Settlements, long Transfers, long Accounts)
{
    public bool Holds => Breaches.Count == 0;
}
