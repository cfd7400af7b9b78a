namespace Settlement.Drills.Simulation.Plan;

/// <summary>Which edge of the business clock a settlement is sent to.</summary>
internal enum ClockEdge
{
    /// <summary>None: its rail is always open.</summary>
    None,

    /// <summary>A window that opens, or closes, within seconds.</summary>
    Window,

    /// <summary>A window that opens in the hour that a change to summer time skips, within seconds.</summary>
    SpringForward,
}
