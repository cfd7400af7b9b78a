namespace Temporalio.DevServer.Storage;

/// <summary>What the server must know at start of a run that still has something to do; the rest is loaded when it is needed.</summary>
internal sealed record LiveRun(RunKey Run, DateTimeOffset? NextDue, bool HasTasks);
