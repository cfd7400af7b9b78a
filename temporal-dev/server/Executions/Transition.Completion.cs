using Temporalio.Api.Command.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.DevServer.Executions;

// A worker's answer to a workflow task.
internal sealed partial class Transition
{
    private const string ServerIdentity = "history-service";

    /// <summary>An activity was cancelled before it began: the workflow must hear of it at once.</summary>
    private bool cancelledUnstarted;
    private bool refusedOperation;

    /// <summary>Takes a worker's answer. The request's token is ignored, and so are its query results.</summary>
    /// <exception cref="RpcRefusal">The task is gone, or the answer is one that no worker should give.</exception>
    public CompletedWorkflowTask CompleteWorkflowTask(WorkflowTaskRef reference, RespondWorkflowTaskCompletedRequest request)
    {
        var task = Require(reference);
        CommandCheck.RefuseSequence(request.Commands);
        if (request.VersioningBehavior != VersioningBehavior.Unspecified && request.Deployment is null && request.DeploymentOptions is not { BuildId.Length: > 0 })
            throw RpcRefusal.InvalidArgument("deployment must be set when versioning behavior specified");
        if (new CommandCheck(State, context).Check(request) is { } failure)
            return FailCommands(task, request, failure);
        if (IsHeartbeatTooLong(task, request))
            return TimeOutHeartbeat(task);

        workflowTaskEnded = true;
        State.Task = null;
        State.TaskAttempt = 1;
        State.CloseAttempted = false;
        var isDropped = task.IsSpeculative && LeavesNothing(request);
        if (!isDropped)
            WriteCompleted(task, request);
        SetSticky(request);
        CarryOut(request);
        if (State.IsOpen && !request.ForceCreateNewWorkflowTask)
            RejectUnprocessed();
        ScheduleAfter(task, request);
        return new CompletedWorkflowTask { ResetHistoryEventId = isDropped ? State.PreviousStartedEventId : 0 };
    }

    private CompletedWorkflowTask FailCommands(WorkflowTaskState task, RespondWorkflowTaskCompletedRequest request, CommandFailure failure)
    {
        // A worker that keeps answering wrongly must not turn its task into a busy loop: let it time out.
        if (task.IsTransient && failure.Cause != WorkflowTaskFailedCause.UnhandledCommand)
            throw RpcRefusal.InvalidArgument(failure.Message);
        LoseSentUpdates();
        var serverFailure = new Failure { Message = failure.Message, ServerFailureInfo = new ServerFailureInfo() };
        FailTask(task, failure.Cause, serverFailure, request.Identity, request.BinaryChecksum);
        if (failure.Terminates)
        {
            FlushBuffer();
            WriteTerminated(failure.Message, details: null, ServerIdentity, []);
            EndUpdatesOfClosedRun(continues: false);
        }
        else
        {
            ScheduleTask();
        }

        return new CompletedWorkflowTask { Refusal = RpcRefusal.InvalidArgument(failure.Message) };
    }

    private bool IsHeartbeatTooLong(WorkflowTaskState task, RespondWorkflowTaskCompletedRequest request) =>
        IsHeartbeat(request) && Now > task.OriginalScheduledTime + Limits.WorkflowTaskHeartbeat;

    private static bool IsHeartbeat(RespondWorkflowTaskCompletedRequest request) =>
        request.ForceCreateNewWorkflowTask && request.Commands.Count == 0 && request.Messages.Count == 0;

    private CompletedWorkflowTask TimeOutHeartbeat(WorkflowTaskState task)
    {
        TimeOutTask(task, TimeoutType.StartToClose);
        ClearSticky();
        ScheduleTask();
        return new CompletedWorkflowTask { Refusal = RpcRefusal.NotFound("workflow task heartbeat timeout") };
    }

    /// <summary>Whether the answer to a speculative task says nothing that must be kept: then the task never was.</summary>
    private bool LeavesNothing(RespondWorkflowTaskCompletedRequest request)
    {
        if (request.Commands.Count > 0 || request.ForceCreateNewWorkflowTask)
            return false;
        var mayDropEvents = request.Capabilities?.DiscardSpeculativeWorkflowTaskWithEvents == true;
        if (!mayDropEvents && State.NextEventId != State.PreviousStartedEventId + 2)
            return false;
        foreach (var message in request.Messages)
        {
            if (!message.Body.Is(Rejection.Descriptor))
                return false;
        }

        return true;
    }

    private void WriteCompleted(WorkflowTaskState task, RespondWorkflowTaskCompletedRequest request)
    {
        if (task.IsSpeculative || task.IsTransient)
            WriteLeftOut(task, request.Identity);
        var e = New(EventType.WorkflowTaskCompleted);
        var completed = e.WorkflowTaskCompletedEventAttributes = new WorkflowTaskCompletedEventAttributes
        {
            ScheduledEventId = task.ScheduledEventId,
            StartedEventId = task.StartedEventId,
            Identity = request.Identity,
            BinaryChecksum = request.BinaryChecksum,
            WorkerVersion = request.WorkerVersionStamp,
            SdkMetadata = request.SdkMetadata,
            MeteringMetadata = request.MeteringMetadata,
        };
        if (request.DeploymentOptions is { DeploymentName.Length: > 0 } deployment)
        {
            completed.WorkerDeploymentName = deployment.DeploymentName;
            if (request.VersioningBehavior != VersioningBehavior.Unspecified || deployment.WorkerVersioningMode == WorkerVersioningMode.Versioned)
            {
                completed.VersioningBehavior = request.VersioningBehavior;
                completed.DeploymentVersion = new Api.Deployment.V1.WorkerDeploymentVersion { DeploymentName = deployment.DeploymentName, BuildId = deployment.BuildId };
            }
        }

        Append(e);
        RecordBuild(request.WorkerVersionStamp);
    }

    /// <summary>Adds the worker's build to the BuildIds search attribute, which the server keeps without an event.</summary>
    private void RecordBuild(WorkerVersionStamp? stamp)
    {
        var build = stamp?.BuildId ?? "";
        if (State.RecordedBuild == build)
            return;
        State.RecordedBuild = build;
        if (BuildIds.With(State.SearchAttributes, build, stamp?.UseVersioning == true, Limits) is not { } attributes)
            return;
        State.SetBuildIds(attributes);
        visibilityChanged = true;
        changed = true;
    }

    private void SetSticky(RespondWorkflowTaskCompletedRequest request)
    {
        if (request.StickyAttributes?.WorkerTaskQueue is { Name.Length: > 0 } queue)
        {
            State.StickyTaskQueue = queue.Name;
            State.StickyTimeout = Durations.Span(request.StickyAttributes.ScheduleToStartTimeout);
        }
        else
        {
            ClearSticky();
        }
    }

    private void CarryOut(RespondWorkflowTaskCompletedRequest request)
    {
        var messages = request.Messages.Count == 0 ? null : new List<Message>(request.Messages);
        foreach (var command in request.Commands)
        {
            if (command.CommandType == CommandType.ProtocolMessage)
            {
                var index = messages!.FindIndex(m => m.Id == command.ProtocolMessageCommandAttributes.MessageId);
                Handle(messages[index]);
                messages.RemoveAt(index);
                continue;
            }

            var first = CarryOut(command, request.Identity);
            if (command.UserMetadata is not null)
                first.UserMetadata = command.UserMetadata;
            if (command.EventGroupMarkers.Count > 0)
                first.EventGroupMarkers.Add(command.EventGroupMarkers);
        }

        foreach (var message in messages ?? [])
            Handle(message);
        if (!State.IsOpen)
            EndUpdatesOfClosedRun(newRuns.Count > 0);
    }

    private HistoryEvent CarryOut(Command command, string identity) => command.CommandType switch
    {
        CommandType.ScheduleActivityTask => ScheduleActivity(command.ScheduleActivityTaskCommandAttributes),
        CommandType.RequestCancelActivityTask => RequestActivityCancel(command.RequestCancelActivityTaskCommandAttributes, identity),
        CommandType.StartTimer => StartTimer(command.StartTimerCommandAttributes),
        CommandType.CancelTimer => CancelTimer(command.CancelTimerCommandAttributes, identity),
        CommandType.RecordMarker => RecordMarker(command.RecordMarkerCommandAttributes),
        CommandType.StartChildWorkflowExecution => InitiateChild(command.StartChildWorkflowExecutionCommandAttributes),
        CommandType.SignalExternalWorkflowExecution => InitiateSignal(command.SignalExternalWorkflowExecutionCommandAttributes),
        CommandType.RequestCancelExternalWorkflowExecution => InitiateCancel(command.RequestCancelExternalWorkflowExecutionCommandAttributes),
        CommandType.ScheduleNexusOperation => RefuseNexusOperation(command.ScheduleNexusOperationCommandAttributes),
        CommandType.UpsertWorkflowSearchAttributes => Upsert(command.UpsertWorkflowSearchAttributesCommandAttributes),
        CommandType.ModifyWorkflowProperties => Modify(command.ModifyWorkflowPropertiesCommandAttributes),
        CommandType.CompleteWorkflowExecution => CompleteRun(command.CompleteWorkflowExecutionCommandAttributes),
        CommandType.FailWorkflowExecution => FailRun(command.FailWorkflowExecutionCommandAttributes),
        CommandType.CancelWorkflowExecution => CancelRun(command.CancelWorkflowExecutionCommandAttributes),
        CommandType.ContinueAsNewWorkflowExecution => ContinueAsNew(command.ContinueAsNewWorkflowExecutionCommandAttributes),
        _ => throw new InvalidOperationException($"{command.CommandType} has not been refused before."),
    };

    private void ScheduleAfter(WorkflowTaskState task, RespondWorkflowTaskCompletedRequest request)
    {
        if (!State.IsOpen)
            return;
        if (request.ForceCreateNewWorkflowTask || State.Buffered.Count > 0 || cancelledUnstarted || refusedOperation)
        {
            isHeartbeatTask = request.ForceCreateNewWorkflowTask;
            ScheduleTask(originalTime: IsHeartbeat(request) ? task.OriginalScheduledTime : null);
        }
        else if (HasUpdatesToSend())
        {
            ScheduleTask(speculative: request.ReturnNewWorkflowTask);
        }

        cancelledUnstarted = false;
        refusedOperation = false;
    }

    /// <summary>Nexus is not part of this server: the operation fails at once and in words, and the workflow goes on with that.</summary>
    private HistoryEvent RefuseNexusOperation(ScheduleNexusOperationCommandAttributes command)
    {
        var scheduled = New(EventType.NexusOperationScheduled);
        var wanted = scheduled.NexusOperationScheduledEventAttributes = new NexusOperationScheduledEventAttributes
        {
            Endpoint = command.Endpoint,
            Service = command.Service,
            Operation = command.Operation,
            Input = command.Input,
            ScheduleToCloseTimeout = command.ScheduleToCloseTimeout,
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            RequestId = context.Ids.NewUuid(),
        };
        wanted.NexusHeader.Add(command.NexusHeader);
        Append(scheduled);
        var failed = New(EventType.NexusOperationFailed);
        failed.NexusOperationFailedEventAttributes = new NexusOperationFailedEventAttributes
        {
            ScheduledEventId = scheduled.EventId,
            RequestId = wanted.RequestId,
            Failure = new Failure
            {
                Message = "nexus operation completed unsuccessfully",
                NexusOperationExecutionFailureInfo = new() { ScheduledEventId = scheduled.EventId, Endpoint = command.Endpoint, Service = command.Service, Operation = command.Operation },
                Cause = new Failure
                {
                    Message = $"this server has no Nexus, and so no {command.Service}/{command.Operation}",
                    ApplicationFailureInfo = new() { Type = "NexusNotSupported", NonRetryable = true },
                },
            },
        };
        Append(failed);
        refusedOperation = true;
        return scheduled;
    }

    private HistoryEvent StartTimer(StartTimerCommandAttributes command)
    {
        var e = New(EventType.TimerStarted);
        e.TimerStartedEventAttributes = new TimerStartedEventAttributes
        {
            TimerId = command.TimerId,
            StartToFireTimeout = command.StartToFireTimeout,
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
        };
        Append(e);
        return e;
    }

    private HistoryEvent CancelTimer(CancelTimerCommandAttributes command, string identity)
    {
        long started;
        if (State.Timers.TryGetValue(command.TimerId, out var timer))
        {
            started = timer.StartedEventId;
        }
        else
        {
            // It has fired while the task was under way: for the workflow it has not.
            var fired = State.BufferedTimerFired(command.TimerId)!;
            State.Buffered.Remove(fired);
            started = fired.TimerFiredEventAttributes.StartedEventId;
        }

        var e = New(EventType.TimerCanceled);
        e.TimerCanceledEventAttributes = new TimerCanceledEventAttributes
        {
            TimerId = command.TimerId,
            StartedEventId = started,
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            Identity = identity,
        };
        Append(e);
        return e;
    }

    private HistoryEvent RecordMarker(RecordMarkerCommandAttributes command)
    {
        var e = New(EventType.MarkerRecorded);
        var marker = e.MarkerRecordedEventAttributes = new MarkerRecordedEventAttributes
        {
            MarkerName = command.MarkerName,
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            Header = command.Header,
            Failure = command.Failure,
        };
        marker.Details.Add(command.Details);
        Append(e);
        return e;
    }

    private HistoryEvent Upsert(UpsertWorkflowSearchAttributesCommandAttributes command)
    {
        var e = New(EventType.UpsertWorkflowSearchAttributes);
        e.UpsertWorkflowSearchAttributesEventAttributes = new UpsertWorkflowSearchAttributesEventAttributes
        {
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            SearchAttributes = command.SearchAttributes,
        };
        Append(e);
        visibilityChanged = true;
        return e;
    }

    private HistoryEvent Modify(ModifyWorkflowPropertiesCommandAttributes command)
    {
        var e = New(EventType.WorkflowPropertiesModified);
        e.WorkflowPropertiesModifiedEventAttributes = new WorkflowPropertiesModifiedEventAttributes
        {
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            UpsertedMemo = command.UpsertedMemo,
        };
        Append(e);
        visibilityChanged = true;
        return e;
    }
}
