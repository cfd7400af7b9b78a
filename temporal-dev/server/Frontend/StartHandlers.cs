using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Hosting;

namespace Temporalio.DevServer.Frontend;

/// <summary>Starts, alone and together with a signal.</summary>
internal sealed class StartHandlers(ExecutionEngine engine, Spaces spaces, TaskAnswers answers)
{
    public void Register(ServiceTable service) => service
        .Unary<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>("StartWorkflowExecution", StartAsync)
        .Unary<SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse>("SignalWithStartWorkflowExecution", SignalWithStartAsync);

    /// <summary>What a client is answered to a start.</summary>
    public static async Task<StartWorkflowExecutionResponse> AnswerAsync(StartWorkflowExecutionRequest request, StartedRun started, TaskAnswers answers, CancellationToken cancellationToken) => new()
    {
        Link = started.IsNew ? EventLinks.Started(request.Namespace, request.WorkflowId, started.RunId) : null,
        RunId = started.RunId,
        Started = started.IsNew,
        Status = started.Status,
        FirstExecutionRunId = started.FirstRunId,
        EagerWorkflowTask = started.EagerTask is { } task ? await answers.WorkflowTaskAsync(task, cancellationToken) : null,
    };

    private async Task<StartWorkflowExecutionResponse> StartAsync(StartWorkflowExecutionRequest request, ServerCallContext call)
    {
        var space = spaces.RequireForStart(request.Namespace);
        StartCheck.Complete(request, WorkflowIdConflictPolicy.Fail);
        return await AnswerAsync(request, await engine.StartAsync(space, request, StartExtras.None, call.CancellationToken), answers, call.CancellationToken);
    }

    private async Task<SignalWithStartWorkflowExecutionResponse> SignalWithStartAsync(SignalWithStartWorkflowExecutionRequest request, ServerCallContext call)
    {
        var space = spaces.RequireForStart(request.Namespace);
        RequestCheck.WorkflowId(request.WorkflowId);
        if (request.SignalName.Length == 0)
            throw RpcRefusal.InvalidArgument("SignalName is not set on request.");
        RequestCheck.Length(request.SignalName, "SignalName");
        var start = Start(request);
        StartCheck.Complete(start, WorkflowIdConflictPolicy.UseExisting);
        if (start.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Fail)
            throw RpcRefusal.InvalidArgument("Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.");
        var signal = new SignalFacts(request.SignalName, request.SignalInput, request.Identity, start.RequestId, request.Header, request.Links);
        var started = await engine.StartAsync(space, start, new StartExtras { Signal = signal }, call.CancellationToken);
        return new SignalWithStartWorkflowExecutionResponse { RunId = started.RunId, Started = started.IsNew, FirstExecutionRunId = started.FirstRunId };
    }

    private static StartWorkflowExecutionRequest Start(SignalWithStartWorkflowExecutionRequest request)
    {
        var start = new StartWorkflowExecutionRequest
        {
            Namespace = request.Namespace,
            WorkflowId = request.WorkflowId,
            WorkflowType = request.WorkflowType,
            TaskQueue = request.TaskQueue,
            Input = request.Input,
            WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
            WorkflowRunTimeout = request.WorkflowRunTimeout,
            WorkflowTaskTimeout = request.WorkflowTaskTimeout,
            Identity = request.Identity,
            RequestId = request.RequestId,
            WorkflowIdReusePolicy = request.WorkflowIdReusePolicy,
            WorkflowIdConflictPolicy = request.WorkflowIdConflictPolicy,
            RetryPolicy = request.RetryPolicy,
            CronSchedule = request.CronSchedule,
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            Header = request.Header,
            WorkflowStartDelay = request.WorkflowStartDelay,
            UserMetadata = request.UserMetadata,
            VersioningOverride = request.VersioningOverride,
            Priority = request.Priority,
        };
        start.Links.Add(request.Links);
        return start;
    }
}
