namespace Temporalio.Fuzzing;

/// <summary>Something that a server must not do, whatever it is sent.</summary>
/// <param name="Case">Number of the case; with the run's seed it says everything about what was sent.</param>
/// <param name="Attack">Kind of attack.</param>
/// <param name="Sent">What was sent, in words.</param>
/// <param name="Problem">What is wrong with the answer.</param>
public sealed record FuzzFinding(int Case, string Attack, string Sent, string Problem)
{
    public override string ToString() => $"case {Case} ({Attack}): {Sent}: {Problem}";
}
