using Temporalio.Api.Enums.V1;

namespace Temporalio.DevServer.Storage;

/// <summary>The newest run of a workflow id: enough to apply the conflict and reuse policies without loading the run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">Running, or how it closed.</param>
/// <param name="StartRequestId">The request id that started it: the same request gets the same run.</param>
/// <param name="StartTime">When it started.</param>
internal sealed record CurrentRun(string RunId, WorkflowExecutionStatus Status, string StartRequestId, DateTimeOffset StartTime);
