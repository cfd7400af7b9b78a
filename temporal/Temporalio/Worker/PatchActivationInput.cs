using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>
/// Input of <see cref="TemporalWorkerOptions.PatchActivationCallback"/>. Parameters may be added: change it by <c>with</c>, do not
/// construct it.
/// </summary>
/// <param name="WorkflowInfo">The workflow that asks for the patch.</param>
/// <param name="PatchId">The patch.</param>
public record PatchActivationInput(WorkflowInfo WorkflowInfo, string PatchId);
