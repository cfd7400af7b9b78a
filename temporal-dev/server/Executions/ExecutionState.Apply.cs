using Temporalio.Api.Workflow.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Executions;

// What one event does to the run. The same code makes the live state and the state after a load, so that the two cannot differ.
internal sealed partial class ExecutionState
{
    /// <summary>Takes an event into account. A buffered one (id 0) is applied when it is buffered, not when it gets its id.</summary>
    internal void Apply(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.WorkflowExecutionStarted:
                ApplyStarted(e);
                break;
            case EventType.WorkflowTaskCompleted:
                ApplyTaskCompleted(e);
                break;
            case EventType.ActivityTaskScheduled:
                Activities[e.EventId] = new ActivityState(e);
                ActivityIds[e.ActivityTaskScheduledEventAttributes.ActivityId] = e.EventId;
                break;
            case EventType.ActivityTaskCancelRequested:
                if (Activities.TryGetValue(e.ActivityTaskCancelRequestedEventAttributes.ScheduledEventId, out var activity))
                    activity.CancelRequestedEventId = e.EventId;
                break;
            case EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut or EventType.ActivityTaskCanceled:
                if (Activities.Remove(EventSubjects.ClosedActivity(e)!.Value, out var ended))
                    ActivityIds.Remove(ended.Id);
                break;
            case EventType.TimerStarted:
                var timer = e.TimerStartedEventAttributes;
                Timers[timer.TimerId] = new TimerState(timer.TimerId, e.EventId, Durations.Add(e.EventTime.ToDateTimeOffset(), Durations.Span(timer.StartToFireTimeout)));
                break;
            case EventType.TimerFired:
                Timers.Remove(e.TimerFiredEventAttributes.TimerId);
                break;
            case EventType.TimerCanceled:
                Timers.Remove(e.TimerCanceledEventAttributes.TimerId);
                break;
            case EventType.WorkflowExecutionSignaled:
                SignalCount++;
                SignalRequests.Add(e.WorkflowExecutionSignaledEventAttributes.RequestId);
                break;
            case EventType.WorkflowExecutionCancelRequested:
                CancelRequested = true;
                break;
            case EventType.UpsertWorkflowSearchAttributes:
                SearchAttributes = SearchAttributePayloads.Merge(SearchAttributes, e.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes);
                break;
            case EventType.WorkflowPropertiesModified:
                Memo = Merge(Memo, e.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo);
                break;
            case EventType.WorkflowExecutionOptionsUpdated:
                ApplyOptions(e);
                break;
            default:
                ApplyOthers(e);
                break;
        }
    }

    private void ApplyOthers(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.StartChildWorkflowExecutionInitiated:
                Children[e.EventId] = new ChildState(e);
                break;
            case EventType.ChildWorkflowExecutionStarted:
                if (Children.TryGetValue(e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId, out var child))
                {
                    child.StartedEventId = e.EventId == 0 ? BufferedEventId : e.EventId;
                    child.Execution = e.ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution;
                }

                break;
            case EventType.SignalExternalWorkflowExecutionInitiated:
                SignalsOut[e.EventId] = new ExternalState(e);
                break;
            case EventType.SignalExternalWorkflowExecutionFailed:
                SignalsOut.Remove(e.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case EventType.ExternalWorkflowExecutionSignaled:
                SignalsOut.Remove(e.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId);
                break;
            case EventType.RequestCancelExternalWorkflowExecutionInitiated:
                CancelsOut[e.EventId] = new ExternalState(e);
                break;
            case EventType.RequestCancelExternalWorkflowExecutionFailed:
                CancelsOut.Remove(e.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case EventType.ExternalWorkflowExecutionCancelRequested:
                CancelsOut.Remove(e.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId);
                break;
            case var _ when EventSubjects.Child(e) is { } initiated:
                Children.Remove(initiated);
                break;
            default:
                ApplyUpdates(e);
                break;
        }
    }

    private void ApplyUpdates(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.WorkflowExecutionUpdateAdmitted:
                var request = e.WorkflowExecutionUpdateAdmittedEventAttributes.Request;
                Updates[request.Meta.UpdateId] = new UpdateState(request.Meta.UpdateId) { AdmittedEventId = e.EventId };
                break;
            case EventType.WorkflowExecutionUpdateAccepted:
                var accepted = Update(e.WorkflowExecutionUpdateAcceptedEventAttributes.ProtocolInstanceId);
                accepted.Stage = UpdateWorkflowExecutionLifecycleStage.Accepted;
                accepted.AcceptedEventId = e.EventId;
                accepted.Request = null;
                accepted.IsSent = false;
                break;
            case EventType.WorkflowExecutionUpdateCompleted:
                var completed = Update(e.WorkflowExecutionUpdateCompletedEventAttributes.Meta.UpdateId);
                completed.Stage = UpdateWorkflowExecutionLifecycleStage.Completed;
                completed.Outcome = e.WorkflowExecutionUpdateCompletedEventAttributes.Outcome;
                break;
            default:
                ApplyClose(e);
                break;
        }
    }

    private void ApplyClose(HistoryEvent e)
    {
        var status = e.EventType switch
        {
            EventType.WorkflowExecutionCompleted => WorkflowExecutionStatus.Completed,
            EventType.WorkflowExecutionFailed => WorkflowExecutionStatus.Failed,
            EventType.WorkflowExecutionCanceled => WorkflowExecutionStatus.Canceled,
            EventType.WorkflowExecutionTerminated => WorkflowExecutionStatus.Terminated,
            EventType.WorkflowExecutionTimedOut => WorkflowExecutionStatus.TimedOut,
            EventType.WorkflowExecutionContinuedAsNew => WorkflowExecutionStatus.ContinuedAsNew,
            _ => WorkflowExecutionStatus.Unspecified,
        };
        if (status == WorkflowExecutionStatus.Unspecified)
            return;
        Status = status;
        CloseEvent = e;
    }

    private void ApplyStarted(HistoryEvent e)
    {
        FirstEvent = e;
        SearchAttributes = Started.SearchAttributes;
        Memo = Started.Memo;
        Priority = Started.Priority;
        if (Started.PrevAutoResetPoints is { } points)
            ResetPoints = points.Clone();
        if (Started.VersioningOverride is { } pinned)
            Versioning = new WorkflowExecutionVersioningInfo { VersioningOverride = pinned };
    }

    private void ApplyTaskCompleted(HistoryEvent e)
    {
        var completed = e.WorkflowTaskCompletedEventAttributes;
        PreviousStartedEventId = completed.StartedEventId;
        LastCompletedTaskEventId = e.EventId;
        MostRecentWorkerVersion = completed.WorkerVersion;
        if (completed.WorkerDeploymentName.Length > 0)
            WorkerDeploymentName = completed.WorkerDeploymentName;
        ApplyBehavior(completed);
        var build = completed.WorkerVersion?.BuildId ?? "";
        foreach (var point in ResetPoints.Points)
        {
            if (point.BuildId == build && point.BinaryChecksum == completed.BinaryChecksum)
                return;
        }

        if (ResetPoints.Points.Count >= MaxResetPoints)
            ResetPoints.Points.RemoveAt(0);
        ResetPoints.Points.Add(new ResetPointInfo
        {
            BuildId = build,
            BinaryChecksum = completed.BinaryChecksum,
            RunId = Run.RunId,
            FirstWorkflowTaskCompletedId = e.EventId,
            CreateTime = e.EventTime,
            Resettable = Children.Count == 0 && CancelsOut.Count == 0 && SignalsOut.Count == 0,
        });
    }

    private void ApplyBehavior(WorkflowTaskCompletedEventAttributes completed)
    {
        if (completed.VersioningBehavior == VersioningBehavior.Unspecified)
        {
            if (Versioning is { VersioningOverride: null })
                Versioning = null;
            return;
        }

        Versioning ??= new WorkflowExecutionVersioningInfo();
        Versioning.Behavior = completed.VersioningBehavior;
        Versioning.DeploymentVersion = completed.DeploymentVersion;
        if (completed.DeploymentVersion is { } version)
            Versioning.Version = $"{version.DeploymentName}.{version.BuildId}";
    }

    private void ApplyOptions(HistoryEvent e)
    {
        var options = e.WorkflowExecutionOptionsUpdatedEventAttributes;
        if (options.UnsetVersioningOverride && Versioning is not null)
            Versioning.VersioningOverride = null;
        if (options.VersioningOverride is { } pinned)
        {
            Versioning ??= new WorkflowExecutionVersioningInfo();
            Versioning.VersioningOverride = pinned;
        }

        if (options.Priority is { } priority)
            Priority = priority;
        if (options.AttachedRequestId.Length > 0)
            RequestEvents[options.AttachedRequestId] = (e.EventType, e.EventId);
    }

    private UpdateState Update(string id)
    {
        if (!Updates.TryGetValue(id, out var update))
            Updates[id] = update = new UpdateState(id);
        return update;
    }

    internal static Memo? Merge(Memo? current, Memo upsert)
    {
        var merged = current?.Clone() ?? new Memo();
        foreach (var (key, payload) in upsert.Fields)
        {
            if (PayloadFacts.IsNothing(payload))
                merged.Fields.Remove(key);
            else
                merged.Fields[key] = payload;
        }

        return merged.Fields.Count == 0 ? null : merged;
    }
}
