using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// One thing that history tells a workflow run. Payloads in it are decoded by the codec.
/// </summary>
internal abstract record ActivationJob
{
    /// <summary>Gets the place among the jobs of one activation; jobs of equal rank stay in history order.</summary>
    internal virtual int Rank => 4;

    /// <summary>The run begins.</summary>
    internal sealed record Initialize(WorkflowExecutionStartedEventAttributes Started, DateTime StartTime) : ActivationJob
    {
        internal override int Rank => 0;
    }

    /// <summary>History holds the marker of a patch, further on in the same workflow task.</summary>
    internal sealed record NotifyHasPatch(string PatchId) : ActivationJob
    {
        internal override int Rank => 1;
    }

    /// <summary>The run was reset, so random numbers must differ from those of before.</summary>
    internal sealed record UpdateRandomSeed(ulong Seed) : ActivationJob
    {
        internal override int Rank => 2;
    }

    /// <summary>A signal arrived.</summary>
    internal sealed record Signal(WorkflowExecutionSignaledEventAttributes Attributes) : ActivationJob
    {
        internal override int Rank => 3;
    }

    /// <summary>An update arrived; its validator does not run on replay.</summary>
    internal sealed record Update(string ProtocolInstanceId, Request Request, bool RunValidator) : ActivationJob
    {
        internal override int Rank => 3;
    }

    /// <summary>Somebody wants the workflow to cancel.</summary>
    internal sealed record Cancel(string Reason) : ActivationJob;

    /// <summary>A timer fired.</summary>
    internal sealed record FireTimer(uint Sequence) : ActivationJob;

    /// <summary>An activity ended.</summary>
    internal sealed record ResolveActivity(uint Sequence, ActivityResolution Resolution, bool IsLocal) : ActivationJob
    {
        internal override int Rank => IsLocal ? 5 : 4;
    }

    /// <summary>A child started, or did not: then a cause or a cancellation failure says why.</summary>
    internal sealed record ResolveChildStart(
        uint Sequence, string? RunId, StartChildWorkflowExecutionFailedCause Cause, Failure? Canceled) : ActivationJob;

    /// <summary>A child ended.</summary>
    internal sealed record ResolveChild(uint Sequence, ActivityResolution Resolution) : ActivationJob;

    /// <summary>A Nexus operation started: with a token if it goes on, without one if it is done; or it did not.</summary>
    internal sealed record ResolveNexusStart(uint Sequence, string? OperationToken, Failure? Failure) : ActivationJob;

    /// <summary>A Nexus operation that had started ended.</summary>
    internal sealed record ResolveNexus(uint Sequence, ActivityResolution Resolution) : ActivationJob;

    /// <summary>A signal to another workflow was delivered, or not.</summary>
    internal sealed record ResolveSignalExternal(uint Sequence, Failure? Failure) : ActivationJob;

    /// <summary>A request to cancel another workflow was delivered, or not.</summary>
    internal sealed record ResolveCancelExternal(uint Sequence, Failure? Failure) : ActivationJob;

    /// <summary>Somebody asks for a piece of state. Only together with other queries.</summary>
    internal sealed record Query(string Id, WorkflowQuery Request) : ActivationJob
    {
        internal override int Rank => 6;
    }
}
