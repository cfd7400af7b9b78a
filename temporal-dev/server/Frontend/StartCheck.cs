using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Frontend;

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
