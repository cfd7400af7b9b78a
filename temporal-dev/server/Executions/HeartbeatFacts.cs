namespace Temporalio.DevServer.Executions;

/// <summary>What the worker of an activity is told at a heartbeat.</summary>
internal readonly record struct HeartbeatFacts(bool CancelRequested, bool Paused, bool Reset);
