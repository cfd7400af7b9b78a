using Google.Protobuf;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.Client;

/// <summary>Tells long polls from other calls, by request, as the official core does.</summary>
internal static class RpcCallKinds
{
    private static readonly TimeSpan LongPollTimeout = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan OtherTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The kind of a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Its kind.</returns>
    public static RpcCallKind Of(IMessage request) => request switch
    {
        PollWorkflowTaskQueueRequest or PollActivityTaskQueueRequest or PollNexusTaskQueueRequest => RpcCallKind.TaskLongPoll,
        GetWorkflowExecutionHistoryRequest { WaitNewEvent: true } => RpcCallKind.UserLongPoll,
        UpdateWorkflowExecutionRequest or PollWorkflowExecutionUpdateRequest or ExecuteMultiOperationRequest or PollActivityExecutionRequest => RpcCallKind.UserLongPoll,
        _ => RpcCallKind.Normal,
    };

    /// <summary>The timeout of one attempt where the caller named none.</summary>
    /// <param name="kind">Kind of the call.</param>
    /// <returns>70 s for long polls (servers end them at 60 s), else 30 s.</returns>
    public static TimeSpan DefaultTimeout(RpcCallKind kind) => kind == RpcCallKind.Normal ? OtherTimeout : LongPollTimeout;
}
