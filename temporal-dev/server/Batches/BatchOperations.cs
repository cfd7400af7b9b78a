using System.Security.Cryptography;
using System.Text;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Executions;
using Operation = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;

namespace Temporalio.DevServer.Batches;

/// <summary>
/// Does a job's operation to one execution. A job that was interrupted may come to the same execution twice: request ids are made of the job and the
/// execution, so that the second time changes nothing.
/// </summary>
internal sealed class BatchOperations(ExecutionEngine engine)
{
    /// <summary>As whom the real server's own worker, which runs batch jobs there, ends executions: process and machine.</summary>
    private static readonly string OwnIdentity = $"{Environment.ProcessId}@{Environment.MachineName}@";

    /// <exception cref="RpcRefusal">The execution is gone, closed, or refuses.</exception>
    public async Task ApplyAsync(NamespaceFacts space, StartBatchOperationRequest job, WorkflowExecution execution, CancellationToken cancellationToken)
    {
        var identity = BatchCheck.IdentityOf(job);
        var requestId = RequestId(space, job.JobId, execution);
        switch (job.OperationCase)
        {
            case Operation.DeletionOperation:
                await engine.DeleteAsync(space, execution.WorkflowId, execution.RunId, cancellationToken);
                return;
            case Operation.ResetOperation:
                var (run, events) = await HistoryAsync(space, execution, cancellationToken);
                await engine.ResetAsync(space, BatchReset.Request(job.ResetOperation, run, events, job.Reason, requestId), cancellationToken);
                return;
            default:
                await engine.ChangeAsync(space, execution.WorkflowId, execution.RunId, t => Apply(t, job, identity, requestId), cancellationToken);
                return;
        }
    }

    private static void Apply(Transition transition, StartBatchOperationRequest job, string identity, string requestId)
    {
        switch (job.OperationCase)
        {
            case Operation.TerminationOperation:
                transition.Terminate(job.Reason, job.TerminationOperation.Details, OwnIdentity, []);
                return;
            case Operation.CancellationOperation:
                transition.RequestCancel(new CancelFacts("", OwnIdentity, requestId, []));
                return;
            case Operation.SignalOperation:
                var signal = job.SignalOperation;
                transition.Signal(new SignalFacts(signal.Signal, signal.Input, identity, requestId, signal.Header, []));
                return;
            case Operation.UpdateWorkflowOptionsOperation:
                transition.UpdateOptions(job.UpdateWorkflowOptionsOperation.WorkflowExecutionOptions, job.UpdateWorkflowOptionsOperation.UpdateMask, identity);
                return;
            case Operation.UnpauseActivitiesOperation:
                transition.UnpauseActivity(Unpause(job));
                return;
            case Operation.ResetActivitiesOperation:
                transition.ResetActivity(Reset(job));
                return;
            case Operation.UpdateActivityOptionsOperation:
                transition.UpdateActivityOptions(Update(job));
                return;
            default:
                throw RpcRefusal.InvalidArgument($"The operation {job.OperationCase} is not known.");
        }
    }

    private static UnpauseActivityRequest Unpause(StartBatchOperationRequest job)
    {
        var operation = job.UnpauseActivitiesOperation;
        var request = new UnpauseActivityRequest { Identity = operation.Identity, ResetAttempts = operation.ResetAttempts, ResetHeartbeat = operation.ResetHeartbeat, Jitter = operation.Jitter };
        if (operation.ActivityCase == Api.Batch.V1.BatchOperationUnpauseActivities.ActivityOneofCase.Type)
            request.Type = operation.Type;
        else
            request.UnpauseAll = true;
        return request;
    }

    private static ResetActivityRequest Reset(StartBatchOperationRequest job)
    {
        var operation = job.ResetActivitiesOperation;
        var request = new ResetActivityRequest
        {
            Identity = operation.Identity, ResetHeartbeat = operation.ResetHeartbeat, KeepPaused = operation.KeepPaused, Jitter = operation.Jitter, RestoreOriginalOptions = operation.RestoreOriginalOptions,
        };
        if (operation.ActivityCase == Api.Batch.V1.BatchOperationResetActivities.ActivityOneofCase.Type)
            request.Type = operation.Type;
        else
            request.MatchAll = true;
        return request;
    }

    private static UpdateActivityOptionsRequest Update(StartBatchOperationRequest job)
    {
        var operation = job.UpdateActivityOptionsOperation;
        var request = new UpdateActivityOptionsRequest { Identity = operation.Identity, ActivityOptions = operation.ActivityOptions, UpdateMask = operation.UpdateMask, RestoreOriginal = operation.RestoreOriginal };
        if (operation.ActivityCase == Api.Batch.V1.BatchOperationUpdateActivityOptions.ActivityOneofCase.Type)
            request.Type = operation.Type;
        else
            request.MatchAll = true;
        return request;
    }

    private async Task<(WorkflowExecution Run, List<HistoryEvent> Events)> HistoryAsync(NamespaceFacts space, WorkflowExecution execution, CancellationToken cancellationToken)
    {
        var facts = await engine.HistoryFactsAsync(space, execution.WorkflowId, execution.RunId, cancellationToken);
        var events = new List<HistoryEvent>();
        while (events.Count < facts.NextEventId - 1)
        {
            var page = await engine.ReadEventsAsync(facts.Run, events.Count + 1, facts.NextEventId, int.MaxValue, cancellationToken);
            if (page.Count == 0)
                break;
            events.AddRange(page);
        }

        return (new WorkflowExecution { WorkflowId = facts.Run.WorkflowId, RunId = facts.Run.RunId }, events);
    }

    private static string RequestId(NamespaceFacts space, string jobId, WorkflowExecution execution) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{space.Id}\n{jobId}\n{execution.WorkflowId}\n{execution.RunId}")).AsSpan(0, 16), bigEndian: true).ToString("D");
}
