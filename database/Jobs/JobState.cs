namespace Settlement.Database;

/// <summary>A job as people look at it.</summary>
/// <param name="Job">Its name.</param>
/// <param name="EverySeconds">Seconds between two slots.</param>
/// <param name="Active">False: nobody expects it, because it is paused or switched off.</param>
/// <param name="LastRun">The newest slot in the run ledger; null if there is none.</param>
public sealed record JobState(string Job, int EverySeconds, bool Active, JobRun? LastRun);
