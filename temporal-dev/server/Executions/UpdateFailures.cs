using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>How updates end that no worker ended, in the real server's words.</summary>
internal static class UpdateFailures
{
    /// <summary>The run closed while the update was accepted: an outcome, because the caller may know that it was accepted.</summary>
    public static Outcome RunClosed() => new()
    {
        Failure = Server("Workflow Update failed because the Workflow completed before the Update completed.", "AcceptedUpdateCompletedWorkflow"),
    };

    /// <summary>The worker completed the task without a word about the update.</summary>
    public static Outcome NotProcessed() => new()
    {
        Failure = Server("Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.", "UnprocessedUpdate"),
    };

    /// <summary>The run closed before the update was accepted.</summary>
    public static RpcRefusal RunClosedBefore() => RpcRefusal.NotFound("workflow update was aborted by closing workflow");

    /// <summary>The run continues as another, which the caller should ask.</summary>
    public static RpcRefusal RunContinues() => RpcRefusal.ResourceExhausted("workflow operation can not be applied because workflow is closing", ResourceExhaustedCause.BusyWorkflow);

    /// <summary>The worker's answer to the task that carried the update was invalid.</summary>
    public static RpcRefusal TaskFailed() => NotReady("Unable to perform workflow execution update due to unexpected workflow task failure.");

    /// <summary>The workflow task fails again and again: the update would wait in vain.</summary>
    public static RpcRefusal TaskKeepsFailing() => NotReady("Unable to perform workflow execution update due to Workflow Task in failed state.");

    private static RpcRefusal NotReady(string message) => new(StatusCode.FailedPrecondition, message, new WorkflowNotReadyFailure());

    private static Failure Server(string message, string type) => new()
    {
        Message = message,
        Source = "Server",
        ApplicationFailureInfo = new ApplicationFailureInfo { Type = type, NonRetryable = true },
    };
}
