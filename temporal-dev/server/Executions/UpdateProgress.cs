using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>How far an update has come.</summary>
/// <param name="UpdateId">The update.</param>
/// <param name="Stage">The stage reached.</param>
/// <param name="Outcome">Its result or failure (a rejection is a failure at stage Completed); null before that.</param>
/// <param name="Lost">It will never get further here: what to tell the waiting caller. Null otherwise.</param>
internal sealed record UpdateProgress(string UpdateId, UpdateWorkflowExecutionLifecycleStage Stage, Outcome? Outcome, RpcRefusal? Lost = null);
