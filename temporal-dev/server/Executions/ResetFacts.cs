using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>A reset: a new run that begins with another's past.</summary>
/// <param name="RunId">Of the new run: fresh lower-case UUID.</param>
/// <param name="Request">As the caller wrote it.</param>
/// <param name="Base">The run that is reset, open or closed.</param>
/// <param name="Events">All its events.</param>
/// <param name="LaterRuns">Events of the runs that continued it, in order (their signals and updates are reapplied as well); empty if there are none.</param>
/// <param name="CurrentRunId">The workflow id's current run, which the new one replaces. If it is open, terminate it in the same store transaction.</param>
internal sealed record ResetFacts(
    string RunId, ResetWorkflowExecutionRequest Request, ExecutionState Base, IReadOnlyList<HistoryEvent> Events, IReadOnlyList<IReadOnlyList<HistoryEvent>> LaterRuns, string CurrentRunId);
