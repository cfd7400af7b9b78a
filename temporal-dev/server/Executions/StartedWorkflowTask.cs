using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>A workflow task that has been handed out; it may be answered to the poller once the transition is committed.</summary>
/// <param name="Task">To be written into the task token.</param>
/// <param name="Response">The answer without token, history, queries and page token: ids, type, attempt, times, previous started event, protocol messages, queue.</param>
/// <param name="HistoryFrom">First event to ship: 1, or for a sticky poller the one after the previous started event.</param>
/// <param name="HistoryTo">Stored events are shipped up to, not including, this id.</param>
/// <param name="Suffix">Events to ship after the stored ones: those of a transient or speculative task.</param>
internal sealed record StartedWorkflowTask(
    WorkflowTaskRef Task, PollWorkflowTaskQueueResponse Response, long HistoryFrom, long HistoryTo, IReadOnlyList<HistoryEvent> Suffix);
