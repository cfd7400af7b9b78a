namespace Settlement.Drills.ServerKills;

/// <summary>What a run of kills does; equal plans make the same kills at the same intervals.</summary>
/// <param name="Seed">Of all intervals and choices.</param>
/// <param name="Kills">How often.</param>
/// <param name="Victim">What is killed.</param>
/// <param name="Writers">Callers at a time.</param>
/// <param name="Log">Told what happens.</param>
public sealed record ServerKillPlan(int Seed, int Kills, ServerKillVictim Victim, int Writers, Action<string> Log)
{
    /// <summary>The shortest time that the victim lives between two kills.</summary>
    public TimeSpan ShortestLife { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromMilliseconds(2500);
}
