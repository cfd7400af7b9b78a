namespace Temporalio.DevServer.Executions;

/// <summary>Names a workflow task that a worker holds, as its task token does.</summary>
internal readonly record struct WorkflowTaskRef(long ScheduledEventId, long StartedEventId, int Attempt);
