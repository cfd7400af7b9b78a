using Temporalio.Api.Enums.V1;

namespace Temporalio.DevServer.Engine;

/// <summary>What came of a start.</summary>
/// <param name="RunId">The run.</param>
/// <param name="IsNew">Whether this request began it, now or at an earlier try; false: it ran already.</param>
/// <param name="Status">Its status.</param>
/// <param name="FirstRunId">The first run of its chain.</param>
/// <param name="EagerTask">The first workflow task, for a caller who takes it with the answer.</param>
internal sealed record StartedRun(string RunId, bool IsNew, WorkflowExecutionStatus Status, string FirstRunId, ReadyWorkflowTask? EagerTask = null);
