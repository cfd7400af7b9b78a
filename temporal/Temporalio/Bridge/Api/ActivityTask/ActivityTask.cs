using Temporalio.Api.WorkflowService.V1;
using Temporalio.Worker.Tuning;

namespace Temporalio.Bridge.Api.ActivityTask;

/// <summary>An activity that a poll brought, with the slot that was taken for it.</summary>
/// <param name="Start">The task as the server sent it.</param>
/// <param name="Permit">Its slot.</param>
internal sealed record ActivityTask(PollActivityTaskQueueResponse Start, SlotPermit Permit);
