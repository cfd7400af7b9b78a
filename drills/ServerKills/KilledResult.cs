namespace Settlement.Drills.ServerKills;

/// <summary>What a workflow under fire says at its end.</summary>
/// <param name="Steps">Results of its activities, in order.</param>
/// <param name="Signals">Tokens that it was told, in order.</param>
/// <param name="Updates">Tokens of changes that it made, in order.</param>
public sealed record KilledResult(IReadOnlyList<string> Steps, IReadOnlyList<string> Signals, IReadOnlyList<string> Updates);
