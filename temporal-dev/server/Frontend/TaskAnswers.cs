using Temporalio.Api.TaskQueue.V1;
using Temporalio.DevServer.Engine;

namespace Temporalio.DevServer.Frontend;

/// <summary>Makes what workers get out of tasks that are started.</summary>
internal sealed class TaskAnswers(ExecutionEngine engine)
{
    /// <summary>Events of one answer; the rest is fetched with the page token.</summary>
    private const int MaxEvents = 4_096;

    /// <summary>A workflow task with its history, or its first page.</summary>
    public async Task<PollWorkflowTaskQueueResponse> WorkflowTaskAsync(ReadyWorkflowTask ready, CancellationToken cancellationToken)
    {
        var started = ready.Started;
        var response = started.Response;
        response.TaskToken = Tokens.Of(ready.Run, started.Task);
        foreach (var (id, query) in ready.Queries)
            response.Queries.Add(id, query);
        response.History = new History();
        var events = ready.Events ?? await engine.ReadEventsAsync(ready.Run, started.HistoryFrom, started.HistoryTo, MaxEvents, cancellationToken);
        response.History.Events.AddRange(events);
        var next = started.HistoryFrom + events.Count;
        if (next >= started.HistoryTo)
            response.History.Events.AddRange(started.Suffix);
        else
            response.NextPageToken = Rest(ready, next);
        return response;
    }

    /// <summary>An activity task.</summary>
    public static PollActivityTaskQueueResponse ActivityTask(ReadyActivityTask ready)
    {
        ready.Started.Response.TaskToken = Tokens.Of(ready.Run, ready.Started.Activity);
        return ready.Started.Response;
    }

    /// <summary>A query as a task of its own. A worker that has the run in its cache gets no history.</summary>
    public async Task<PollWorkflowTaskQueueResponse> QueryTaskAsync(DirectQuery query, bool isSticky, CancellationToken cancellationToken)
    {
        var response = new PollWorkflowTaskQueueResponse
        {
            TaskToken = Tokens.OfQuery(query.Run, query.Id),
            WorkflowExecution = new WorkflowExecution { WorkflowId = query.Run.WorkflowId, RunId = query.Run.RunId },
            WorkflowType = new WorkflowType { Name = query.WorkflowType },
            PreviousStartedEventId = query.PreviousStartedEventId,
            Attempt = 1,
            Query = query.Query,
            WorkflowExecutionTaskQueue = new TaskQueue { Name = query.TaskQueue, Kind = TaskQueueKind.Normal },
            History = new History(),
        };
        if (isSticky)
            return response;
        var events = await engine.ReadEventsAsync(query.Run, 1, query.HistoryTo, MaxEvents, cancellationToken);
        response.History.Events.AddRange(events);
        if (events.Count + 1 < query.HistoryTo)
            response.NextPageToken = new HistoryToken { RunId = query.Run.RunId, NextEventId = events.Count + 1, EndEventId = query.HistoryTo }.ToByteString();
        return response;
    }

    private static ByteString Rest(ReadyWorkflowTask ready, long next) => new HistoryToken
    {
        RunId = ready.Run.RunId,
        NextEventId = next,
        EndEventId = ready.Started.HistoryTo,
        Suffix = ready.Started.Suffix.Count == 0 ? null : new History { Events = { ready.Started.Suffix } },
    }.ToByteString();
}
