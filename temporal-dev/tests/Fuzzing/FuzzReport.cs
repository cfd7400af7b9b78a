namespace Temporalio.Fuzzing;

/// <summary>What became of a run.</summary>
/// <param name="CasesByAttack">How many cases each attack had.</param>
/// <param name="AnswersByStatus">How often each answer came.</param>
/// <param name="Findings">What must not happen and did.</param>
public sealed record FuzzReport(IReadOnlyDictionary<string, int> CasesByAttack, IReadOnlyDictionary<string, int> AnswersByStatus, IReadOnlyList<FuzzFinding> Findings);
