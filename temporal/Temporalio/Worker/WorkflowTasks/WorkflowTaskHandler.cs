using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Runtime;
using Temporalio.Worker.WorkflowHistory;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// Works off workflow tasks: finds or rebuilds the run, lets it go on, and answers the server.
/// </summary>
/// <param name="environment">Worker.</param>
/// <param name="runOptions">What all runs have in common.</param>
/// <param name="cache">Runs kept.</param>
/// <param name="replies">Writes answers.</param>
/// <param name="eager">What runs activities that come with an answer, null if nothing does.</param>
/// <param name="logger">Logger.</param>
internal sealed class WorkflowTaskHandler(
    WorkerEnvironment environment,
    WorkflowRunOptions runOptions,
    WorkflowCache cache,
    WorkflowTaskReplies replies,
    IEagerActivityDispatcher? eager,
    ILogger logger)
{
    private const string LegacyQueryId = "legacy_query";

    // A task with local activities is prolonged when this part of its time is over.
    private const double ProlongAfter = 0.8;

    private readonly RpcOptions answerOptions = new() { Retry = true };

    /// <summary>Works off a task, and those that the server sends with the answer.</summary>
    /// <param name="task">Task.</param>
    /// <returns>Task that ends when the server has been answered. Does not fail.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Nobody waits for this, so every failure ends in the log")]
    internal async Task HandleAsync(PollWorkflowTaskQueueResponse task)
    {
        for (var next = task; next is { TaskToken.IsEmpty: false };)
        {
            var current = next;
            next = null;
            try
            {
                next = await HandleOneAsync(current).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // The server gives the task to somebody else when its time is over.
                logger.LogWarning(
                    e,
                    "Workflow task of {WorkflowId} run {RunId} was given up",
                    current.WorkflowExecution.WorkflowId,
                    current.WorkflowExecution.RunId);
            }
        }
    }

    private static string TypeOf(PollWorkflowTaskQueueResponse task) => task.WorkflowType?.Name ?? string.Empty;

    private void CountArrival(PollWorkflowTaskQueueResponse task, bool isNew)
    {
        var waited = task.Query == null && task is { StartedTime: { } start, ScheduledTime: { } scheduled }
            ? start.ToDateTime() - scheduled.ToDateTime()
            : (TimeSpan?)null;
        // The first task of a run cannot be kept anywhere.
        environment.Metrics.WorkflowTaskCame(TypeOf(task), waited, task.PreviousStartedEventId == 0 ? null : !isNew);
    }

    private static bool Fits(PollWorkflowTaskQueueResponse task, WorkflowRun run)
    {
        var events = task.History?.Events;
        if (events is not { Count: > 0 })
        {
            return task.Query != null;
        }
        // A history from the start means that the server does not count on what is kept here.
        return events[0].EventId > 1 && events[0].EventId <= run.Machines.LastEventId + 1;
    }

    // A query sees the workflow after its last task. What came after it belongs to the next, which may run elsewhere.
    private static List<HistoryEvent> UpToLastTask(IReadOnlyList<HistoryEvent> events)
    {
        var end = events.Count;
        while (end > 0 && !events[end - 1].IsTerminal() && !events[end - 1].IsCommandEvent() &&
            events[end - 1].EventType != EventType.WorkflowTaskCompleted)
        {
            end--;
        }
        return [.. events.Take(end)];
    }

    private async Task<PollWorkflowTaskQueueResponse?> HandleOneAsync(PollWorkflowTaskQueueResponse task)
    {
        var execution = task.WorkflowExecution;
        var run = cache.Find(execution.RunId);
        if (run != null)
        {
            await run.Gate.WaitAsync().ConfigureAwait(false);
            // While this waited, the task before may have failed and given the run up.
            if (cache.Find(execution.RunId) != run)
            {
                run.Gate.Release();
                run = null;
            }
            else if (!Fits(task, run))
            {
                run.Gate.Release();
                cache.Remove(run);
                run = null;
            }
        }
        var isNew = run == null;
        CountArrival(task, isNew);
        if (run == null)
        {
            run = new(runOptions, execution.WorkflowId, execution.RunId);
            await run.Gate.WaitAsync().ConfigureAwait(false);
        }
        try
        {
            return task.Query == null
                ? await WorkAsync(task, run, isNew).ConfigureAwait(false)
                : await AnswerAsync(task, run, isNew).ConfigureAwait(false);
        }
        finally
        {
            run.Gate.Release();
        }
    }

    private async Task<PollWorkflowTaskQueueResponse?> WorkAsync(PollWorkflowTaskQueueResponse task, WorkflowRun run, bool isNew)
    {
        var started = DateTime.UtcNow;
        var begin = Stopwatch.GetTimestamp();
        RespondWorkflowTaskCompletedRequest request;
        try
        {
            await AdvanceAsync(task, run, isNew).ConfigureAwait(false);
            var prolong = await RunLocalActivitiesAsync(run, started).ConfigureAwait(false);
            var answers = await QueryAsync(run, task.Queries).ConfigureAwait(false);
            request = await replies.CompletedAsync(task, run, answers, prolong).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not RpcException)
        {
            cache.Remove(run);
            var cause = (e as WorkflowTaskFailure)?.Failure ?? e;
            environment.Metrics.WorkflowTaskEnded(
                TypeOf(task),
                Stopwatch.GetElapsedTime(begin),
                cause is WorkflowNondeterminismException ? "NonDeterminismError" : "WorkflowError");
            await ReportFailureAsync(task, run, cause).ConfigureAwait(false);
            return null;
        }
        environment.Metrics.WorkflowTaskEnded(TypeOf(task), Stopwatch.GetElapsedTime(begin), null);
        return await CompleteAsync(request, run, isNew).ConfigureAwait(false);
    }

    private async Task<PollWorkflowTaskQueueResponse?> CompleteAsync(
        RespondWorkflowTaskCompletedRequest request, WorkflowRun run, bool isNew)
    {
        var reserved = WorkflowTaskReplies.ReserveEager(
            request, eager, environment.Options.MaxEagerActivityReservationsPerWorkflowTask ?? WorkflowTaskReplies.MaximumEagerActivities);
        RespondWorkflowTaskCompletedResponse? response = null;
        // Before the answer is sent: a fast server has the next task or a query at another poller before its reply is here, and that must find this run.
        if (isNew && !run.Machines.IsFinished)
        {
            cache.Put(run);
        }
        try
        {
            response = await environment.Service.RespondWorkflowTaskCompletedAsync(request, answerOptions).ConfigureAwait(false);
            environment.Metrics.WorkflowTaskTaken(run.WorkflowType, request.Commands, run.StartTime);
        }
        catch (RpcException e)
        {
            // What the run believes may not be what history holds: it is built anew from history.
            cache.Remove(run);
            var expected = e.Code == RpcException.StatusCode.NotFound || e.Message.Contains("UnhandledCommand", StringComparison.Ordinal);
            logger.Log(
                expected ? LogLevel.Debug : LogLevel.Warning,
                e,
                "Completion of a workflow task of {WorkflowId} run {RunId} was not taken",
                run.Machines.WorkflowId,
                run.RunId);
        }
        finally
        {
            if (reserved > 0)
            {
                eager!.Dispatch(reserved, (IReadOnlyList<PollActivityTaskQueueResponse>?)response?.ActivityTasks ?? []);
            }
        }
        if (response == null)
        {
            return null;
        }
        if (response.ResetHistoryEventId > 0)
        {
            run.Machines.ForgetSpeculativeTask(response.ResetHistoryEventId);
        }
        if (run.Machines.IsFinished)
        {
            cache.Remove(run);
        }
        return response.WorkflowTask;
    }

    private async Task<PollWorkflowTaskQueueResponse?> AnswerAsync(PollWorkflowTaskQueueResponse task, WorkflowRun run, bool isNew)
    {
        WorkflowQueryResult answer;
        try
        {
            if (isNew)
            {
                await AdvanceAsync(task, run, isNew).ConfigureAwait(false);
            }
            var answers = await QueryAsync(run, new Dictionary<string, WorkflowQuery> { [LegacyQueryId] = task.Query }).ConfigureAwait(false);
            answer = answers[LegacyQueryId];
        }
        catch (Exception e) when (e is not RpcException)
        {
            cache.Remove(run);
            var cause = (e as WorkflowTaskFailure)?.Failure ?? e;
            answer = new()
            {
                ResultType = QueryResultType.Failed,
                ErrorMessage = cause.Message,
                Failure = run.DataConverter.FailureConverter.ToFailure(cause, run.DataConverter.PayloadConverter),
            };
        }
        if (run.Codec is { } codec)
        {
            await codec.EncodeAsync(answer).ConfigureAwait(false);
        }
        await environment.Service.RespondQueryTaskCompletedAsync(replies.QueryAnswered(task, answer), answerOptions).ConfigureAwait(false);
        if (isNew && !run.Machines.SawTerminalEvent)
        {
            cache.Put(run);
        }
        return null;
    }

    private async Task AdvanceAsync(PollWorkflowTaskQueueResponse task, WorkflowRun run, bool isNew)
    {
        var own = task.History?.Events;
        var fromStart = isNew && own is not [{ EventId: 1 }, ..];
        var events = await new HistoryPager(environment.Service, environment.Namespace).GetEventsAsync(task, fromStart).ConfigureAwait(false);
        if (task.Query != null)
        {
            events = UpToLastTask(events);
        }
        if (run.Codec is { } visitor)
        {
            await visitor.DecodeAsync(events).ConfigureAwait(false);
            await visitor.DecodeAsync(task.Messages).ConfigureAwait(false);
        }
        await run.AdvanceAsync(events, task.PreviousStartedEventId, task.Messages).ConfigureAwait(false);
    }

    private static async Task<bool> RunLocalActivitiesAsync(WorkflowRun run, DateTime started)
    {
        if (run.Machines.LocalActivities.Outstanding == 0)
        {
            return false;
        }
        using var done = new CancellationTokenSource();
        var left = started + (run.TaskTimeout * ProlongAfter) - DateTime.UtcNow;
        var deadline = Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, done.Token);
        var prolong = await run.RunLocalActivitiesAsync(deadline).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        return prolong;
    }

    private static async Task<IReadOnlyDictionary<string, WorkflowQueryResult>> QueryAsync(
        WorkflowRun run, IDictionary<string, WorkflowQuery> queries)
    {
        if (run.Codec is { } visitor)
        {
            foreach (var query in queries.Values)
            {
                await visitor.DecodeAsync(query).ConfigureAwait(false);
            }
        }
        return await run.QueryAsync(queries).ConfigureAwait(false);
    }

    private async Task ReportFailureAsync(PollWorkflowTaskQueueResponse task, WorkflowRun run, Exception cause)
    {
        logger.LogWarning(
            cause,
            "Workflow task of {WorkflowType} {WorkflowId} run {RunId} failed, attempt {Attempt}",
            task.WorkflowType?.Name,
            run.Machines.WorkflowId,
            run.RunId,
            task.Attempt);
        var failure = await run.DataConverter.ToFailureAsync(cause).ConfigureAwait(false);
        environment.Runtime.Log.Write(
            LogLevel.Warning, RuntimeLog.Workflow, "Failing workflow task", ("run_id", run.RunId), ("failure", failure.ToString()));
        if (cause is WorkflowNondeterminismException && FailsWorkflow(run, cause))
        {
            await environment.Service.RespondWorkflowTaskCompletedAsync(
                replies.WorkflowFailed(task, failure), answerOptions).ConfigureAwait(false);
            return;
        }
        // Said once. Later attempts are left to time out, which makes the server wait longer before each next one.
        if (task.Attempt <= 1)
        {
            var kind = cause is WorkflowNondeterminismException
                ? WorkflowTaskFailedCause.NonDeterministicError
                : WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure;
            await environment.Service.RespondWorkflowTaskFailedAsync(
                replies.TaskFailed(task, kind, failure), answerOptions).ConfigureAwait(false);
        }
    }

    private bool FailsWorkflow(WorkflowRun run, Exception cause) =>
        runOptions.FailureExceptionTypes.Concat(run.FailureExceptionTypes).Any(type => type.IsInstanceOfType(cause));
}
