namespace Settlement.Drills.ServerKills;

/// <summary>What a run of kills came to.</summary>
/// <param name="Workflows">Acknowledged starts.</param>
/// <param name="Signals">Acknowledged signals.</param>
/// <param name="Updates">Acknowledged updates.</param>
/// <param name="ActivityRuns">Runs of activities that the worker counted.</param>
/// <param name="Unanswered">Calls that got no answer.</param>
/// <param name="HeardUnavailable">Calls that heard UNAVAILABLE while the database was away.</param>
/// <param name="Breaches">Promises that were not kept; empty if all were.</param>
public sealed record ServerKillReport(int Workflows, int Signals, int Updates, int ActivityRuns, int Unanswered, int HeardUnavailable, IReadOnlyList<string> Breaches)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Workflows} workflows, {Signals} signals and {Updates} updates acknowledged, {ActivityRuns} activities run, {Unanswered} calls without an answer, {Breaches.Count} breaches";
}
