using System.Security.Cryptography;
using System.Text;
using Temporalio.Api.Batch.V1;
using Temporalio.DevServer.Engine;
using Operation = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;
using Target = Temporalio.Api.Common.V1.ResetOptions.TargetOneofCase;

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
            Identity = operation.Identity,
            ResetHeartbeat = operation.ResetHeartbeat,
            KeepPaused = operation.KeepPaused,
            Jitter = operation.Jitter,
            RestoreOriginalOptions = operation.RestoreOriginalOptions,
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

/// <summary>Where a batch of resets resets each run to.</summary>
internal static class BatchReset
{
    /// <exception cref="RpcRefusal">The operation does not say where to.</exception>
    public static void Check(BatchOperationReset operation)
    {
        var options = Options(operation);
        if (options.TargetCase is Target.FirstWorkflowTask or Target.LastWorkflowTask or Target.WorkflowTaskId)
            return;
        throw options.TargetCase == Target.BuildId
            ? RpcRefusal.InvalidArgument("Reset to a build id is not supported by this server.")
            : RpcRefusal.InvalidArgument("unknown batch reset type Unspecified");
    }

    /// <summary>The request that resets one run.</summary>
    /// <param name="operation">What the job asks for.</param>
    /// <param name="run">The run.</param>
    /// <param name="events">Its history.</param>
    /// <param name="reason">The job's.</param>
    /// <param name="requestId">The same each time the job comes to this run.</param>
    /// <exception cref="RpcRefusal">The run has no workflow task to reset to.</exception>
    public static ResetWorkflowExecutionRequest Request(BatchOperationReset operation, WorkflowExecution run, IEnumerable<HistoryEvent> events, string reason, string requestId)
    {
        var options = Options(operation);
        var request = new ResetWorkflowExecutionRequest
        {
            WorkflowExecution = run,
            Reason = reason,
            RequestId = requestId,
            Identity = operation.Identity,
            WorkflowTaskFinishEventId = options.TargetCase == Target.WorkflowTaskId ? options.WorkflowTaskId : Find(events, first: options.TargetCase == Target.FirstWorkflowTask),
            ResetReapplyType = options.ResetReapplyType,
        };
        request.ResetReapplyExcludeTypes.AddRange(options.ResetReapplyExcludeTypes);
        request.PostResetOperations.AddRange(operation.PostResetOperations);
        return request;
    }

    /// <summary>The first or last workflow task that was completed; where none was, behind the first that was scheduled.</summary>
    private static long Find(IEnumerable<HistoryEvent> events, bool first)
    {
        long? completed = null;
        long? scheduled = null;
        foreach (var e in events)
        {
            if (e.EventType == EventType.WorkflowTaskCompleted && (completed is null || !first))
                completed = e.EventId;
            else if (e.EventType == EventType.WorkflowTaskScheduled)
                scheduled ??= e.EventId;
        }

        return completed ?? scheduled + 1 ?? throw RpcRefusal.InvalidArgument("The workflow has no workflow task to reset to.");
    }

    private static ResetOptions Options(BatchOperationReset operation)
    {
        if (operation.Options is { } options)
            return options;
#pragma warning disable CS0612 // What older clients send.
        var old = new ResetOptions { ResetReapplyType = operation.ResetReapplyType };
        if (operation.ResetType == ResetType.FirstWorkflowTask)
            old.FirstWorkflowTask = new Google.Protobuf.WellKnownTypes.Empty();
        else if (operation.ResetType == ResetType.LastWorkflowTask)
            old.LastWorkflowTask = new Google.Protobuf.WellKnownTypes.Empty();
#pragma warning restore CS0612
        return old;
    }
}
