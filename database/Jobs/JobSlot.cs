namespace Settlement.Database;

/// <summary>One scheduled instant of a job.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Slot">The instant, UTC.</param>
public sealed record JobSlot(string Job, DateTimeOffset Slot);
