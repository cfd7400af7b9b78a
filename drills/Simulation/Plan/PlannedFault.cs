namespace Settlement.Drills.Simulation.Plan;

/// <summary>One fault, bound to the progress of the run and not to time, so that a slow machine meets it at the same place.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="AfterAccepted">When so many requests have been accepted.</param>
/// <param name="Milliseconds">For how long.</param>
internal sealed record PlannedFault(FaultKind Kind, int AfterAccepted, int Milliseconds);
