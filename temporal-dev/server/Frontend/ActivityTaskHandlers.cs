using Grpc.Core;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Frontend;

/// <summary>Workers and their activity tasks, and those who complete activities from elsewhere.</summary>
internal sealed class ActivityTaskHandlers(ExecutionEngine engine, Spaces spaces)
{
    public void Register(ServiceTable service) => service
        .Unary<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>("PollActivityTaskQueue", PollAsync)
        .Unary<RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>(
            "RespondActivityTaskCompleted", (r, call) => ByTokenAsync(r.Namespace, r.TaskToken, r.Identity, call, new RespondActivityTaskCompletedResponse(), (t, a) => t.CompleteActivity(a, r.Result, r.Identity, r.WorkerVersion)))
        .Unary<RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse>(
            "RespondActivityTaskCompletedById",
            (r, call) => ByIdAsync(new(r.Namespace, r.WorkflowId, r.RunId, r.ActivityId, r.Identity), call, new RespondActivityTaskCompletedByIdResponse(), (t, a) => t.CompleteActivity(a, r.Result, r.Identity)))
        .Unary<RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse>(
            "RespondActivityTaskFailed",
            (r, call) => ByTokenAsync(r.Namespace, r.TaskToken, r.Identity, call, new RespondActivityTaskFailedResponse(), (t, a) => t.FailActivity(a, r.Failure, r.Identity, r.LastHeartbeatDetails, r.WorkerVersion)))
        .Unary<RespondActivityTaskFailedByIdRequest, RespondActivityTaskFailedByIdResponse>(
            "RespondActivityTaskFailedById",
            (r, call) => ByIdAsync(new(r.Namespace, r.WorkflowId, r.RunId, r.ActivityId, r.Identity), call, new RespondActivityTaskFailedByIdResponse(), (t, a) => t.FailActivity(a, r.Failure, r.Identity, r.LastHeartbeatDetails)))
        .Unary<RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse>(
            "RespondActivityTaskCanceled", (r, call) => ByTokenAsync(r.Namespace, r.TaskToken, r.Identity, call, new RespondActivityTaskCanceledResponse(), (t, a) => t.CancelActivity(a, r.Details, r.Identity)))
        .Unary<RespondActivityTaskCanceledByIdRequest, RespondActivityTaskCanceledByIdResponse>(
            "RespondActivityTaskCanceledById",
            (r, call) => ByIdAsync(new(r.Namespace, r.WorkflowId, r.RunId, r.ActivityId, r.Identity), call, new RespondActivityTaskCanceledByIdResponse(), (t, a) => t.CancelActivity(a, r.Details, r.Identity)))
        .Unary<RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse>("RecordActivityTaskHeartbeat", HeartbeatAsync)
        .Unary<RecordActivityTaskHeartbeatByIdRequest, RecordActivityTaskHeartbeatByIdResponse>("RecordActivityTaskHeartbeatById", HeartbeatByIdAsync);

    private async Task<PollActivityTaskQueueResponse> PollAsync(PollActivityTaskQueueRequest request, ServerCallContext call)
    {
        var space = spaces.Require(request.Namespace);
        RequestCheck.Length(request.Identity, "Identity");
        var queue = RequestCheck.Queue(request.TaskQueue);
#pragma warning disable CS0612 // Shown as the worker sent it: workers of the last years still do.
        var worker = new WorkerFacts(request.Identity, request.TaskQueueMetadata?.MaxTasksPerSecond, request.WorkerInstanceKey, request.WorkerVersionCapabilities, request.DeploymentOptions);
#pragma warning restore CS0612
        var wait = LongPoll.Wait(call, engine.Services.Options.PollWait);
        var task = await engine.PollActivityTaskAsync(new QueueKey(space.Id, queue.Name, TaskQueueType.Activity), worker, wait, call.CancellationToken);
        return task is null ? new PollActivityTaskQueueResponse() : TaskAnswers.ActivityTask(task);
    }

    private Task<RecordActivityTaskHeartbeatResponse> HeartbeatAsync(RecordActivityTaskHeartbeatRequest request, ServerCallContext call)
    {
        var response = new RecordActivityTaskHeartbeatResponse();
        return ByTokenAsync(request.Namespace, request.TaskToken, request.Identity, call, response, (t, a) =>
            (response.CancelRequested, response.ActivityPaused, response.ActivityReset) = t.Heartbeat(a, request.Details, request.Identity));
    }

    private Task<RecordActivityTaskHeartbeatByIdResponse> HeartbeatByIdAsync(RecordActivityTaskHeartbeatByIdRequest request, ServerCallContext call)
    {
        var response = new RecordActivityTaskHeartbeatByIdResponse();
        return ByIdAsync(new(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, request.Identity), call, response, (t, a) =>
            (response.CancelRequested, response.ActivityPaused, response.ActivityReset) = t.Heartbeat(a, request.Details, request.Identity));
    }

    private async Task<T> ByTokenAsync<T>(string name, ByteString token, string identity, ServerCallContext call, T response, Action<Transition, ActivityRef> verb)
    {
        var space = spaces.Require(name);
        RequestCheck.Length(identity, "Identity");
        var task = Tokens.Task(token, space);
        await engine.ChangeActivityAsync(space, Tokens.Run(task), t => verb(t, Tokens.Activity(task)), call.CancellationToken);
        return response;
    }

    private async Task<T> ByIdAsync<T>(ById target, ServerCallContext call, T response, Action<Transition, ActivityRef> verb)
    {
        var space = spaces.Require(target.Namespace);
        RequestCheck.WorkflowId(target.WorkflowId);
        RequestCheck.RunId(target.RunId);
        if (target.ActivityId.Length == 0)
            throw RpcRefusal.InvalidArgument("ActivityId is not set on request.");
        RequestCheck.Length(target.Identity, "Identity");
        await engine.ChangeAsync(space, target.WorkflowId, target.RunId, t => verb(t, ActivityRef.ById(target.ActivityId)), call.CancellationToken);
        return response;
    }

    private readonly record struct ById(string Namespace, string WorkflowId, string RunId, string ActivityId, string Identity);
}
