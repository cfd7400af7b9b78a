using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Hosting;
using Temporalio.DevServer.Matching;

namespace Temporalio.DevServer.Frontend;

/// <summary>Workers and their activity tasks, and those who complete activities from elsewhere.</summary>
internal sealed class ActivityTaskHandlers(ExecutionEngine engine, Spaces spaces)
{
    public void Register(ServiceTable service) => service
        .Unary<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>("PollActivityTaskQueue", PollAsync)
        .Unary<RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>("RespondActivityTaskCompleted", CompleteAsync)
        .Unary<RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse>("RespondActivityTaskCompletedById", CompleteByIdAsync)
        .Unary<RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse>("RespondActivityTaskFailed", FailAsync)
        .Unary<RespondActivityTaskFailedByIdRequest, RespondActivityTaskFailedByIdResponse>("RespondActivityTaskFailedById", FailByIdAsync)
        .Unary<RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse>("RespondActivityTaskCanceled", CancelAsync)
        .Unary<RespondActivityTaskCanceledByIdRequest, RespondActivityTaskCanceledByIdResponse>("RespondActivityTaskCanceledById", CancelByIdAsync)
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

    private async Task<RespondActivityTaskCompletedResponse> CompleteAsync(RespondActivityTaskCompletedRequest request, ServerCallContext call)
    {
        await ByTokenAsync(request.Namespace, request.TaskToken, request.Identity, call, (t, a) => t.CompleteActivity(a, request.Result, request.Identity, request.WorkerVersion));
        return new RespondActivityTaskCompletedResponse();
    }

    private async Task<RespondActivityTaskCompletedByIdResponse> CompleteByIdAsync(RespondActivityTaskCompletedByIdRequest request, ServerCallContext call)
    {
        var target = new ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, request.Identity);
        await ByIdAsync(target, call, (t, a) => t.CompleteActivity(a, request.Result, request.Identity));
        return new RespondActivityTaskCompletedByIdResponse();
    }

    private async Task<RespondActivityTaskFailedResponse> FailAsync(RespondActivityTaskFailedRequest request, ServerCallContext call)
    {
        await ByTokenAsync(request.Namespace, request.TaskToken, request.Identity, call, (t, a) => t.FailActivity(a, request.Failure, request.Identity, request.LastHeartbeatDetails, request.WorkerVersion));
        return new RespondActivityTaskFailedResponse();
    }

    private async Task<RespondActivityTaskFailedByIdResponse> FailByIdAsync(RespondActivityTaskFailedByIdRequest request, ServerCallContext call)
    {
        var target = new ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, request.Identity);
        await ByIdAsync(target, call, (t, a) => t.FailActivity(a, request.Failure, request.Identity, request.LastHeartbeatDetails));
        return new RespondActivityTaskFailedByIdResponse();
    }

    private async Task<RespondActivityTaskCanceledResponse> CancelAsync(RespondActivityTaskCanceledRequest request, ServerCallContext call)
    {
        await ByTokenAsync(request.Namespace, request.TaskToken, request.Identity, call, (t, a) => t.CancelActivity(a, request.Details, request.Identity));
        return new RespondActivityTaskCanceledResponse();
    }

    private async Task<RespondActivityTaskCanceledByIdResponse> CancelByIdAsync(RespondActivityTaskCanceledByIdRequest request, ServerCallContext call)
    {
        var target = new ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, request.Identity);
        await ByIdAsync(target, call, (t, a) => t.CancelActivity(a, request.Details, request.Identity));
        return new RespondActivityTaskCanceledByIdResponse();
    }

    private async Task<RecordActivityTaskHeartbeatResponse> HeartbeatAsync(RecordActivityTaskHeartbeatRequest request, ServerCallContext call)
    {
        var facts = default(HeartbeatFacts);
        await ByTokenAsync(request.Namespace, request.TaskToken, request.Identity, call, (t, a) => facts = t.Heartbeat(a, request.Details, request.Identity));
        return new RecordActivityTaskHeartbeatResponse { CancelRequested = facts.CancelRequested, ActivityPaused = facts.Paused, ActivityReset = facts.Reset };
    }

    private async Task<RecordActivityTaskHeartbeatByIdResponse> HeartbeatByIdAsync(RecordActivityTaskHeartbeatByIdRequest request, ServerCallContext call)
    {
        var target = new ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, request.Identity);
        var facts = default(HeartbeatFacts);
        await ByIdAsync(target, call, (t, a) => facts = t.Heartbeat(a, request.Details, request.Identity));
        return new RecordActivityTaskHeartbeatByIdResponse { CancelRequested = facts.CancelRequested, ActivityPaused = facts.Paused, ActivityReset = facts.Reset };
    }

    private Task ByTokenAsync(string name, ByteString token, string identity, ServerCallContext call, Action<Transition, ActivityRef> verb)
    {
        var space = spaces.Require(name);
        RequestCheck.Length(identity, "Identity");
        var task = Tokens.Task(token, space);
        return engine.ChangeActivityAsync(space, Tokens.Run(task), t => verb(t, Tokens.Activity(task)), call.CancellationToken);
    }

    private async Task ByIdAsync(ById target, ServerCallContext call, Action<Transition, ActivityRef> verb)
    {
        var space = spaces.Require(target.Namespace);
        RequestCheck.WorkflowId(target.WorkflowId);
        RequestCheck.RunId(target.RunId);
        if (target.ActivityId.Length == 0)
            throw RpcRefusal.InvalidArgument("ActivityId is not set on request.");
        RequestCheck.Length(target.Identity, "Identity");
        await engine.ChangeAsync(space, target.WorkflowId, target.RunId, t => verb(t, ActivityRef.ById(target.ActivityId)), call.CancellationToken);
    }

    private readonly record struct ById(string Namespace, string WorkflowId, string RunId, string ActivityId, string Identity);
}
