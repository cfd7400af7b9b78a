namespace Temporalio.DevServer.Storage;

/// <summary>A run as stored; its events are read apart, page by page.</summary>
/// <param name="Run">The run.</param>
/// <param name="Version">To be expected by the next write.</param>
/// <param name="NextEventId">The id that the next event gets; events 1 to this minus 1 are stored.</param>
/// <param name="Extras">Everything acknowledged that is not an event.</param>
internal sealed record StoredRun(RunKey Run, long Version, long NextEventId, byte[] Extras);
