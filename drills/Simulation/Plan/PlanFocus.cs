namespace Settlement.Drills.Simulation.Plan;

/// <summary>Narrows a plan, so that a short run surely holds what a long one holds by chance.</summary>
/// <param name="Count">Settlements.</param>
/// <param name="Faults">Faults.</param>
/// <param name="Manners">Names of the bank's manners to draw from.</param>
/// <param name="FaultKinds">Kinds of faults to draw from.</param>
internal sealed record PlanFocus(int Count, int Faults, IReadOnlyList<string> Manners, IReadOnlyList<FaultKind> FaultKinds);
