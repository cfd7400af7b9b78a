namespace Settlement.Database.Proof;

/// <summary>A broken invariant of MONEY.md with its evidence.</summary>
/// <param name="Invariant">Number in MONEY.md, 1 to 8.</param>
/// <param name="What">One phrase.</param>
/// <param name="Evidence">Ids and figures that show it.</param>
public sealed record Breach(int Invariant, string What, string Evidence)
{
    public override string ToString() => $"invariant {Invariant}: {What}: {Evidence}";
}
