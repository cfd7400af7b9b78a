using Grpc.Core;
using Temporalio.DevServer.Engine;
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

/// <summary>Checks a start and fills in what it leaves open, whoever asks for it: a client, a schedule, or signal-with-start.</summary>
internal static class StartCheck
{
    /// <summary>Checks and completes a request in place.</summary>
    /// <param name="request">The request.</param>
    /// <param name="otherwise">The conflict policy where the request names none.</param>
    /// <exception cref="RpcRefusal">It is wrong.</exception>
    public static void Complete(StartWorkflowExecutionRequest request, WorkflowIdConflictPolicy otherwise)
    {
        RequestCheck.WorkflowId(request.WorkflowId);
        if (request.RequestId.Length == 0)
            request.RequestId = Guid.NewGuid().ToString("D");
        RequestCheck.Length(request.RequestId, "RequestId");
        RequestCheck.WorkflowType(request.WorkflowType);
        RequestCheck.Queue(request.TaskQueue);
        RequestCheck.Length(request.Identity, "Identity");
        RequestCheck.Timeout(request.WorkflowExecutionTimeout, "WorkflowExecutionTimeoutSeconds");
        RequestCheck.Timeout(request.WorkflowRunTimeout, "WorkflowRunTimeoutSeconds");
        RequestCheck.Timeout(request.WorkflowTaskTimeout, "WorkflowTaskTimeoutSeconds");
        var delay = RequestCheck.Timeout(request.WorkflowStartDelay, "WorkflowStartDelay");
        if (delay > TimeSpan.Zero && request.CronSchedule.Length > 0)
            throw RpcRefusal.InvalidArgument("CronSchedule and WorkflowStartDelay may not be used together.");
        Policies(request, otherwise);
        Retry(request.RetryPolicy);
    }

    /// <summary>The deprecated reuse policy TERMINATE_IF_RUNNING says with one word what today are two.</summary>
    private static void Policies(StartWorkflowExecutionRequest request, WorkflowIdConflictPolicy otherwise)
    {
        const WorkflowIdReusePolicy TerminateIfRunning = (WorkflowIdReusePolicy)4;
        if (request.WorkflowIdReusePolicy == TerminateIfRunning)
        {
            if (request.WorkflowIdConflictPolicy != WorkflowIdConflictPolicy.Unspecified)
                throw RpcRefusal.InvalidArgument("Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy");
            request.WorkflowIdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate;
            request.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting;
        }

        if (request is { WorkflowIdReusePolicy: WorkflowIdReusePolicy.RejectDuplicate, WorkflowIdConflictPolicy: WorkflowIdConflictPolicy.TerminateExisting })
            throw RpcRefusal.InvalidArgument("Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING");
        if (request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.Unspecified)
            request.WorkflowIdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate;
        if (request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Unspecified)
            request.WorkflowIdConflictPolicy = otherwise;
    }

    private static void Retry(RetryPolicy? policy)
    {
        // No more than one attempt: the other fields do not matter.
        if (policy is null || policy.MaximumAttempts == 1)
            return;
        var initial = RequestCheck.Span(policy.InitialInterval, problem => $"invalid InitialInterval set on retry policy: {problem}");
        var maximum = RequestCheck.Span(policy.MaximumInterval, problem => $"invalid MaximumInterval set on retry policy: {problem}");
        if (policy.BackoffCoefficient != 0 && policy.BackoffCoefficient < 1)
            throw RpcRefusal.InvalidArgument("BackoffCoefficient cannot be less than 1 on retry policy.");
        if (maximum > TimeSpan.Zero && maximum < initial)
            throw RpcRefusal.InvalidArgument("MaximumInterval cannot be less than InitialInterval on retry policy.");
        if (policy.MaximumAttempts < 0)
            throw RpcRefusal.InvalidArgument("MaximumAttempts cannot be negative on retry policy.");
    }
}
