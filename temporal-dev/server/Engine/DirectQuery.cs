using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>A query that goes to a worker as a task of its own.</summary>
/// <param name="Id">Fresh; the task token holds it.</param>
/// <param name="Run">The run that is asked.</param>
/// <param name="Query">The question.</param>
/// <param name="WorkflowType">The run's type.</param>
/// <param name="TaskQueue">The run's queue.</param>
/// <param name="StickyQueue">The own queue of the worker that has the run in its cache, or null.</param>
/// <param name="PreviousStartedEventId">The last workflow task that was completed.</param>
/// <param name="HistoryTo">Stored events are shipped up to, not including, this id; a worker that polls its own queue gets none.</param>
internal sealed record DirectQuery(
    string Id, RunKey Run, WorkflowQuery Query, string WorkflowType, string TaskQueue, string? StickyQueue, long PreviousStartedEventId, long HistoryTo)
{
    private readonly TaskCompletionSource<RespondQueryTaskCompletedRequest> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the worker answers.</summary>
    public Task<RespondQueryTaskCompletedRequest> Answer => answer.Task;

    public void End(RespondQueryTaskCompletedRequest request) => answer.TrySetResult(request);
}
