using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Query.V1;
using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Engine;

internal sealed partial class ExecutionEngine
{
    /// <summary>How long a queue counts as attended for queries after its last poll (matching.queryPollerUnavailableWindow).</summary>
    private static readonly TimeSpan QueryAttended = TimeSpan.FromSeconds(20);

    /// <summary>How long a worker's own queue may take to pick a query up before the run's queue is asked.</summary>
    private static readonly TimeSpan StickyQueryWait = TimeSpan.FromSeconds(5);

    /// <summary>Asks a worker about a run: directly, or with a workflow task if one is coming. Waits as long as the caller does.</summary>
    public async Task<QueryWorkflowResponse> QueryAsync(NamespaceFacts space, QueryWorkflowRequest request, CancellationToken cancellationToken)
    {
        var run = default(RunKey);
        for (var runId = request.Execution.RunId; ; runId = run.RunId)
        {
            DirectQuery? direct = null;
            QueryBoard.BufferedQuery? buffered = null;
            using (var locked = await LockAsync(space.Id, request.Execution.WorkflowId, cancellationToken))
            {
                var state = (await locked.RequireAsync(runId, cancellationToken)).State;
                run = state.Run;
                if (Rejects(request.QueryRejectCondition, state.Status))
                    return new QueryWorkflowResponse { QueryRejected = new QueryRejected { Status = state.Status } };
                if (RequireQueryable(state))
                    direct = Direct(state, request.Query, state.QueryFacts.StickyTaskQueue);
                else
                    buffered = Buffer(run, request.Query);
            }

            var answer = direct is not null ? await AskAsync(direct, cancellationToken) : await WaitAsync(buffered!, cancellationToken);
            if (answer is not null)
                return answer;
        }
    }

    private static bool Rejects(QueryRejectCondition condition, WorkflowExecutionStatus status) => condition switch
    {
        QueryRejectCondition.NotOpen => !IsOpen(status),
        QueryRejectCondition.NotCompletedCleanly => !IsOpen(status) && status != WorkflowExecutionStatus.Completed,
        _ => false,
    };

    /// <returns>True to ask directly, false to wait for a workflow task.</returns>
    private static bool RequireQueryable(ExecutionState state)
    {
        var facts = state.QueryFacts;
        if (!state.IsOpen)
        {
            return facts.HasCompletedWorkflowTask
                ? true
                : throw RpcRefusal.InvalidArgument("unable to query workflow: workflow closed before any workflow task was completed");
        }

        if (facts.IsWorkflowTaskFailing)
            throw new RpcRefusal(StatusCode.FailedPrecondition, "Cannot query workflow due to Workflow Task in failed state.", new WorkflowNotReadyFailure());
        return facts.MayAskDirectly;
    }

    private DirectQuery Direct(ExecutionState state, WorkflowQuery query, string? stickyQueue) => new(
        services.Ids.NewUuid(), state.Run, query, state.Started.WorkflowType.Name, state.TaskQueue, stickyQueue, state.PreviousStartedEventId, state.NextEventId);

    private QueryBoard.BufferedQuery Buffer(RunKey run, WorkflowQuery query) =>
        services.Queries.Buffer(run, services.Ids.NewUuid(), query)
        ?? throw RpcRefusal.ResourceExhausted(
            "consistent query buffer is full, this may be caused by too many queries and workflow not able to process query fast enough", ResourceExhaustedCause.BusyWorkflow);

    private static async Task<QueryWorkflowResponse?> WaitAsync(QueryBoard.BufferedQuery query, CancellationToken cancellationToken)
    {
        using (query)
        {
            return await query.Answer.WaitAsync(cancellationToken) switch
            {
                null => null,
                { ResultType: QueryResultType.Answered } result => new QueryWorkflowResponse { QueryResult = result.Answer },
                var result => throw QueryFailed(result.ErrorMessage, result.Failure),
            };
        }
    }

    private static RpcRefusal QueryFailed(string message, Api.Failure.V1.Failure? failure) =>
        new(StatusCode.InvalidArgument, message, new QueryFailedFailure { Failure = failure });

    private async Task<QueryWorkflowResponse?> AskAsync(DirectQuery query, CancellationToken cancellationToken)
    {
        services.Queries.Ask(query);
        try
        {
            var answer = await AskStickyAsync(query, cancellationToken) ?? await AskNormalAsync(query, cancellationToken);
            return answer.CompletedType switch
            {
                QueryResultType.Answered => new QueryWorkflowResponse { QueryResult = answer.QueryResult },
                _ => throw QueryFailed(answer.ErrorMessage, answer.Failure),
            };
        }
        finally
        {
            services.Queries.Take(query.Id);
        }
    }

    /// <returns>Null if the worker that has the run in its cache does not answer soon.</returns>
    private async Task<RespondQueryTaskCompletedRequest?> AskStickyAsync(DirectQuery query, CancellationToken cancellationToken)
    {
        if (query.StickyQueue is not { } name)
            return null;
        var queue = new QueueKey(query.Run.NamespaceId, name, TaskQueueType.Workflow);
        if (!services.Matcher.PolledWithin(queue, services.Options.StickyAttended))
            return null;
        using var question = services.Matcher.Ask(queue, query);
        try
        {
            return await query.Answer.WaitAsync(StickyQueryWait, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task<RespondQueryTaskCompletedRequest> AskNormalAsync(DirectQuery query, CancellationToken cancellationToken)
    {
        var queue = new QueueKey(query.Run.NamespaceId, query.TaskQueue, TaskQueueType.Workflow);
        if (!services.Matcher.PolledWithin(queue, QueryAttended))
            throw RpcRefusal.FailedPrecondition("no poller seen for task queue recently, worker may be down");
        using var question = services.Matcher.Ask(queue, query);
        return await query.Answer.WaitAsync(cancellationToken);
    }
}
