namespace Settlement.Drills.Simulation.Plan;

/// <summary>What an operator does to a settlement of his own accord.</summary>
internal enum PlannedActionKind
{
    None,
    Cancel,
    PauseAndResume,

    /// <summary>Two operators at once.</summary>
    CancelTwice,
}
