namespace Temporalio.DevServer.Storage;

/// <summary>Moves the pointer from a workflow id to its newest run, or changes that run's status.</summary>
/// <param name="ExpectedRunId">The run that must be the current one, or null if there must be none.</param>
/// <param name="Now">What the pointer says afterwards.</param>
internal sealed record CurrentRunChange(string? ExpectedRunId, CurrentRun Now);
