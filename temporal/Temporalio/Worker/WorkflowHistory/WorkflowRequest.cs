using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// One thing that a workflow run asks for. Payloads in it are not yet encoded by the codec.
/// </summary>
internal abstract record WorkflowRequest
{
    /// <summary>Gets a value indicating whether the run ends with it.</summary>
    internal virtual bool IsTerminal => false;

    internal sealed record StartTimer(uint Sequence, StartTimerCommandAttributes Attributes, UserMetadata? Metadata) : WorkflowRequest;

    internal sealed record CancelTimer(uint Sequence) : WorkflowRequest;

    internal sealed record ScheduleActivity(
        uint Sequence,
        ScheduleActivityTaskCommandAttributes Attributes,
        ActivityCancellationType CancellationType,
        UserMetadata? Metadata) : WorkflowRequest;

    internal sealed record CancelActivity(uint Sequence) : WorkflowRequest;

    internal sealed record ScheduleLocalActivity(WorkflowTasks.LocalActivityRequest Activity) : WorkflowRequest;

    internal sealed record CancelLocalActivity(uint Sequence) : WorkflowRequest;

    internal sealed record StartChild(
        uint Sequence,
        string Namespace,
        StartChildWorkflowExecutionCommandAttributes Attributes,
        ChildWorkflowCancellationType CancellationType,
        UserMetadata? Metadata) : WorkflowRequest;

    internal sealed record CancelChild(uint Sequence) : WorkflowRequest;

    internal sealed record SignalExternal(uint Sequence, SignalExternalWorkflowExecutionCommandAttributes Attributes) : WorkflowRequest;

    internal sealed record CancelSignalExternal(uint Sequence) : WorkflowRequest;

    internal sealed record CancelExternal(
        uint Sequence, RequestCancelExternalWorkflowExecutionCommandAttributes Attributes) : WorkflowRequest;

    internal sealed record ScheduleNexusOperation(
        uint Sequence,
        ScheduleNexusOperationCommandAttributes Attributes,
        NexusOperationCancellationType CancellationType,
        UserMetadata? Metadata) : WorkflowRequest;

    internal sealed record CancelNexusOperation(uint Sequence) : WorkflowRequest;

    internal sealed record SetPatch(string PatchId, bool Deprecated) : WorkflowRequest;

    internal sealed record UpsertSearchAttributes(SearchAttributes Attributes) : WorkflowRequest;

    internal sealed record UpsertMemo(Memo Memo) : WorkflowRequest;

    internal sealed record AcceptUpdate(string ProtocolInstanceId) : WorkflowRequest;

    internal sealed record RejectUpdate(string ProtocolInstanceId, Failure Failure) : WorkflowRequest;

    internal sealed record CompleteUpdate(string ProtocolInstanceId, Payload? Result, Failure? Failure) : WorkflowRequest;

    internal sealed record Complete(CompleteWorkflowExecutionCommandAttributes Attributes) : WorkflowRequest
    {
        internal override bool IsTerminal => true;
    }

    internal sealed record Fail(Failure Failure) : WorkflowRequest
    {
        internal override bool IsTerminal => true;
    }

    internal sealed record Cancel : WorkflowRequest
    {
        internal override bool IsTerminal => true;
    }

    internal sealed record ContinueAsNew(ContinueAsNewWorkflowExecutionCommandAttributes Attributes) : WorkflowRequest
    {
        internal override bool IsTerminal => true;
    }
}
