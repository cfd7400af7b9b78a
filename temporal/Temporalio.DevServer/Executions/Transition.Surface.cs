using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Executions;

internal sealed partial class Transition
{
    /// <summary>Begins a new run.</summary>
    public static Transition Start(StartFacts facts, TransitionContext context) => throw new NotSupportedException();

    /// <summary>Begins a new run with another's past.</summary>
    public static Transition Reset(ResetFacts facts, TransitionContext context) => throw new NotSupportedException();

    /// <summary>Records on the base run that it was reset (description only).</summary>
    public void NoteReset(string newRunId) => throw new NotSupportedException();

    /// <summary>Records a signal; false if the same request was recorded before.</summary>
    public bool Signal(SignalFacts facts) => throw new NotSupportedException();

    /// <summary>Asks the workflow to cancel itself; false if the same request was recorded before.</summary>
    public bool RequestCancel(CancelFacts facts) => throw new NotSupportedException();

    /// <summary>Closes the run at once.</summary>
    public void Terminate(string reason, Payloads? details, string identity, IReadOnlyList<Link> links) => throw new NotSupportedException();

    /// <summary>Attaches a start request to the open run (conflict policy USE_EXISTING with on_conflict_options).</summary>
    public void AttachStart(StartWorkflowExecutionRequest request) => throw new NotSupportedException();

    /// <summary>Admits an update, or finds the one with its id. Works on closed runs for completed updates.</summary>
    public AdmittedUpdate AdmitUpdate(Request request) => throw new NotSupportedException();

    /// <summary>Hands a workflow task out; null if the offer is stale.</summary>
    public StartedWorkflowTask? StartWorkflowTask(WorkflowTaskToOffer offer, PollerFacts poller) => throw new NotSupportedException();

    /// <summary>Takes a worker's answer. The request's token is ignored, and so are its query results.</summary>
    public CompletedWorkflowTask CompleteWorkflowTask(WorkflowTaskRef task, RespondWorkflowTaskCompletedRequest request) => throw new NotSupportedException();

    /// <summary>Takes a worker's failure to do the task.</summary>
    public void FailWorkflowTask(WorkflowTaskRef task, RespondWorkflowTaskFailedRequest request) => throw new NotSupportedException();

    /// <summary>Forgets the worker's own queue (ResetStickyTaskQueue, ShutdownWorker).</summary>
    public void ResetSticky() => throw new NotSupportedException();

    /// <summary>Hands an activity task out; null if the offer is stale.</summary>
    public StartedActivity? StartActivity(ActivityTaskToOffer offer, PollerFacts poller) => throw new NotSupportedException();

    public void CompleteActivity(ActivityRef activity, Payloads? result, string identity) => throw new NotSupportedException();

    public void FailActivity(ActivityRef activity, Failure? failure, string identity, Payloads? lastHeartbeatDetails) => throw new NotSupportedException();

    public void CancelActivity(ActivityRef activity, Payloads? details, string identity) => throw new NotSupportedException();

    public HeartbeatFacts Heartbeat(ActivityRef activity, Payloads? details, string identity) => throw new NotSupportedException();

    /// <summary>Does everything that is due: timers, timeouts, retries, delayed starts. Harmless when nothing is.</summary>
    public void Fire() => throw new NotSupportedException();

    public void ChildStarted(string effectId, string runId) => throw new NotSupportedException();

    public void ChildStartFailed(string effectId, StartChildWorkflowExecutionFailedCause cause) => throw new NotSupportedException();

    /// <summary>The child has closed; false if that is known or the parent does not wait for it (any more).</summary>
    public bool ChildClosed(long initiatedEventId, WorkflowExecution child, HistoryEvent closeEvent) => throw new NotSupportedException();

    public void ExternalSignalDelivered(string effectId, string runId) => throw new NotSupportedException();

    public void ExternalSignalFailed(string effectId, SignalExternalWorkflowExecutionFailedCause cause) => throw new NotSupportedException();

    public void ExternalCancelDelivered(string effectId, string runId) => throw new NotSupportedException();

    public void ExternalCancelFailed(string effectId, CancelExternalWorkflowExecutionFailedCause cause) => throw new NotSupportedException();

    /// <summary>Answers NotifyParentEffect and CloseChildEffect.</summary>
    public void EffectDelivered(string effectId) => throw new NotSupportedException();

    public void PauseActivity(PauseActivityRequest request) => throw new NotSupportedException();

    public void UnpauseActivity(UnpauseActivityRequest request) => throw new NotSupportedException();

    public void ResetActivity(ResetActivityRequest request) => throw new NotSupportedException();

    public ActivityOptions UpdateActivityOptions(UpdateActivityOptionsRequest request) => throw new NotSupportedException();

    public WorkflowExecutionOptions UpdateOptions(WorkflowExecutionOptions options, FieldMask mask, string identity) => throw new NotSupportedException();
}
