using Grpc.Core;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Frontend;

/// <summary>Workers and their workflow tasks.</summary>
internal sealed class WorkflowTaskHandlers(ExecutionEngine engine, Spaces spaces, TaskAnswers answers)
{
    public void Register(ServiceTable service) => service
        .Unary<PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse>("PollWorkflowTaskQueue", PollAsync)
        .Unary<RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse>("RespondWorkflowTaskCompleted", CompleteAsync)
        .Unary<RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse>("RespondWorkflowTaskFailed", FailAsync)
        .Unary<RespondQueryTaskCompletedRequest, RespondQueryTaskCompletedResponse>("RespondQueryTaskCompleted", AnswerQuery)
        .Unary<ResetStickyTaskQueueRequest, ResetStickyTaskQueueResponse>("ResetStickyTaskQueue", ResetStickyAsync)
        .Unary<ShutdownWorkerRequest, ShutdownWorkerResponse>("ShutdownWorker", Shutdown);

    private async Task<PollWorkflowTaskQueueResponse> PollAsync(PollWorkflowTaskQueueRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        RequestCheck.Length(request.Identity, "Identity");
        var queue = RequestCheck.Queue(request.TaskQueue);
        var normal = queue.Kind == TaskQueueKind.Sticky ? (queue.NormalName.Length == 0 ? queue.Name : queue.NormalName) : null;
#pragma warning disable CS0612 // Shown as the worker sent it: workers of the last years still do.
        var worker = new WorkerFacts(request.Identity, null, request.WorkerInstanceKey, request.WorkerVersionCapabilities, request.DeploymentOptions);
#pragma warning restore CS0612
        var wait = LongPoll.Wait(call, engine.Services.Options.PollWait);
        var work = await engine.PollWorkflowTaskAsync(new QueueKey(space.Id, queue.Name, TaskQueueType.Workflow), normal, worker, wait, call.CancellationToken);
        return work switch
        {
            ReadyWorkflowTask task => await answers.WorkflowTaskAsync(task, call.CancellationToken),
            DirectQuery query => await answers.QueryTaskAsync(query, normal is not null, call.CancellationToken),
            _ => new PollWorkflowTaskQueueResponse(),
        };
    }

    private async Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(RespondWorkflowTaskCompletedRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        RequestCheck.Length(request.Identity, "Identity");
        var token = Tokens.Task(request.TaskToken, space);
        var answer = await engine.CompleteWorkflowTaskAsync(space, Tokens.Run(token), Tokens.WorkflowTask(token), request, call.CancellationToken);
        var response = new RespondWorkflowTaskCompletedResponse { ResetHistoryEventId = answer.ResetHistoryEventId };
        if (answer.Next is { } next)
            response.WorkflowTask = await answers.WorkflowTaskAsync(next, call.CancellationToken);
        foreach (var activity in answer.Activities)
            response.ActivityTasks.Add(TaskAnswers.ActivityTask(activity));
        return response;
    }

    private async Task<RespondWorkflowTaskFailedResponse> FailAsync(RespondWorkflowTaskFailedRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        RequestCheck.Length(request.Identity, "Identity");
        var token = Tokens.Task(request.TaskToken, space);
        await engine.FailWorkflowTaskAsync(space, Tokens.Run(token), Tokens.WorkflowTask(token), request, call.CancellationToken);
        return new RespondWorkflowTaskFailedResponse();
    }

    private Task<RespondQueryTaskCompletedResponse> AnswerQuery(RespondQueryTaskCompletedRequest request, ServerCallContext call)
    {
        var token = Tokens.Task(request.TaskToken, spaces.Require(request.Namespace));
        if (token.QueryId.Length == 0)
            throw RpcRefusal.InvalidArgument("Invalid TaskToken.");
        if (engine.Services.Queries.Take(token.QueryId) is not { } query || query.Run != Tokens.Run(token))
            throw RpcRefusal.NotFound("query task not found, or already expired");
        query.End(request);
        return Task.FromResult(new RespondQueryTaskCompletedResponse());
    }

    private async Task<ResetStickyTaskQueueResponse> ResetStickyAsync(ResetStickyTaskQueueRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        var execution = RequestCheck.Execution(request.Execution);
        await engine.ChangeAsync(space, execution.WorkflowId, execution.RunId, t => t.ResetSticky(), call.CancellationToken);
        return new ResetStickyTaskQueueResponse();
    }

    private Task<ShutdownWorkerResponse> Shutdown(ShutdownWorkerRequest request, ServerCallContext call)
    {
        engine.Services.Matcher.Shutdown(spaces.Require(request.Namespace).Id, request.StickyTaskQueue, request.WorkerInstanceKey);
        return Task.FromResult(new ShutdownWorkerResponse());
    }
}
