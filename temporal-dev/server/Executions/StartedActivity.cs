using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>An activity task that has been handed out; it may be answered to the poller once the transition is committed.</summary>
/// <param name="Activity">To be written into the task token.</param>
/// <param name="Response">The whole answer but for the token.</param>
internal sealed record StartedActivity(ActivityRef Activity, PollActivityTaskQueueResponse Response);
