using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Temporalio.Worker.WorkflowHistory;

/// <content>
/// Events in.
/// </content>
internal sealed partial class WorkflowMachines
{
    /// <summary>The search attribute that lists the patches of a run.</summary>
    internal const string ChangeVersionKey = "TemporalChangeVersion";

    private readonly Dictionary<string, IncomingUpdate> admittedUpdates = [];
    private bool commandsFollow;

    /// <summary>Applies the events of the next workflow task.</summary>
    /// <exception cref="WorkflowNondeterminismException">Events and the workflow's commands do not match.</exception>
    /// <exception cref="InvalidOperationException">The history is broken.</exception>
    internal void ApplyNextTask()
    {
        if (SawTerminalEvent)
        {
            IsReplaying = false;
            return;
        }
        var previouslyStarted = currentStartedEventId;
        var events = history.TakeNext(Math.Max(previouslyStarted, LastEventId));
        var isLast = history.IsEmpty;
        TakeOverCompletions(events);
        IsReplaying &= events.Count > 0;
        if (events.Count > 0 && events[^1].EventType == EventType.WorkflowTaskStarted)
        {
            nextStartedEventId = events[^1].EventId;
        }
        for (var i = 0; i < events.Count; i++)
        {
            i += ApplyEvent(events[i], i + 1 < events.Count ? events[i + 1] : null, isLast);
        }
        LookAhead(previouslyStarted);
        if (isLast)
        {
            HandleUpdates(long.MaxValue);
        }
    }

    // Returns how many of the following events were applied together with this one.
    private int ApplyEvent(HistoryEvent e, HistoryEvent? following, bool isLast)
    {
        if (e.EventId != LastEventId + 1)
        {
            throw new InvalidOperationException($"History is out of order: event {e.EventId} follows event {LastEventId}");
        }
        // Replay ends with the first event of the last task that the workflow did not cause itself.
        if (IsReplaying && isLast && e.EventId > history.PreviousStartedEventId &&
            e.EventType != EventType.WorkflowTaskCompleted && !e.IsCommandEvent())
        {
            IsReplaying = false;
        }
        HandleUpdates(e.EventId - 1);
        RequireCommandsRecorded(e);
        var skipped = 0;
        SawTerminalEvent |= e.IsTerminal();
        if (e.IsCommandEvent())
        {
            skipped = ApplyCommandEvent(e, following);
        }
        else if (e.InitialEventId() is { } initial)
        {
            MachineOf(e, initial).OnEvent(e);
        }
        else
        {
            ApplyPlainEvent(e);
        }
        LastEventId = e.EventId + skipped;
        return skipped;
    }

    // What a completed task asked for stands in history right behind the completion. These kinds of commands are always
    // recorded, so one that is still there when other events begin was never asked for when the task first ran.
    private void RequireCommandsRecorded(HistoryEvent e)
    {
        if (e.EventType == EventType.WorkflowTaskCompleted)
        {
            commandsFollow = true;
            return;
        }
        if (!commandsFollow || e.IsCommandEvent())
        {
            return;
        }
        commandsFollow = false;
        foreach (var command in commands)
        {
            if (!command.Machine.CanceledBeforeSent && command.Machine is TimerMachine or ActivityMachine or ChildWorkflowMachine or NexusOperationMachine &&
                command.Command.CommandType is
                    CommandType.StartTimer or CommandType.ScheduleActivityTask or CommandType.StartChildWorkflowExecution or
                    CommandType.ScheduleNexusOperation)
            {
                throw new WorkflowNondeterminismException(
                    $"[TMPRL1100] Nondeterminism error: the workflow now asks for {Describe(command.Command)}, " +
                    $"which history does not hold before {e.Describe()}");
            }
        }
    }

    private static string Describe(Command command) => command.CommandType switch
    {
        CommandType.StartTimer => $"timer {command.StartTimerCommandAttributes.TimerId}",
        CommandType.ScheduleActivityTask =>
            $"activity {command.ScheduleActivityTaskCommandAttributes.ActivityType.Name} " +
            $"with id {command.ScheduleActivityTaskCommandAttributes.ActivityId}",
        CommandType.ScheduleNexusOperation =>
            $"Nexus operation {command.ScheduleNexusOperationCommandAttributes.Operation} " +
            $"of service {command.ScheduleNexusOperationCommandAttributes.Service}",
        _ => $"child workflow {command.StartChildWorkflowExecutionCommandAttributes.WorkflowType.Name} " +
            $"with id {command.StartChildWorkflowExecutionCommandAttributes.WorkflowId}",
    };

    private CommandMachine MachineOf(HistoryEvent e, long initialEventId) =>
        machinesByEventId.TryGetValue(initialEventId, out var machine)
            ? machine
            : throw new WorkflowNondeterminismException(
                $"[TMPRL1100] Nondeterminism error: {e.Describe()} answers event {initialEventId}, which the workflow did not cause");

    private int ApplyCommandEvent(HistoryEvent e, HistoryEvent? following)
    {
        if (Markers.IsLocalActivity(e))
        {
            var machine = LocalActivityOf(Markers.ReadLocalActivity(e).Data.Seq, e);
            if (machine.ExpectsMarkerWithoutCommand)
            {
                machine.OnEvent(e);
                return 0;
            }
        }
        var patch = Markers.ReadPatch(e);
        while (true)
        {
            var next = NextCommand();
            if (patch is { } marker)
            {
                if (next?.Machine is not PatchMachine patchMachine || (marker.Deprecated && patchMachine.PatchId != marker.Id))
                {
                    return SkipPatchMarker(e, marker.Id, marker.Deprecated, following);
                }
            }
            else if (next?.Machine is PatchMachine)
            {
                // The workflow asked about a patch that history does not know: the answer was no, nothing was recorded.
                commands.RemoveFirst();
                continue;
            }
            if (next is not { } command)
            {
                throw new WorkflowNondeterminismException(
                    $"[TMPRL1100] Nondeterminism error: history holds {e.Describe()}, which the workflow does not ask for");
            }
            commands.RemoveFirst();
            command.Machine.OnEvent(e);
            machinesByEventId[e.EventId] = command.Machine;
            return 0;
        }
    }

    private PendingCommand? NextCommand()
    {
        while (commands.First?.Value.Machine.CanceledBeforeSent == true)
        {
            commands.RemoveFirst();
        }
        return commands.First?.Value;
    }

    // A workflow need not ask any more about a patch whose old path is gone. The search attribute goes with the marker.
    private static int SkipPatchMarker(HistoryEvent e, string patchId, bool deprecated, HistoryEvent? following)
    {
        if (!deprecated)
        {
            throw new WorkflowNondeterminismException(
                $"[TMPRL1100] Nondeterminism error: {e.Describe()} says that patch {patchId} was taken, " +
                "but the workflow does not ask about it there");
        }
        return following?.EventType == EventType.UpsertWorkflowSearchAttributes &&
            following.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes?.IndexedFields.ContainsKey(ChangeVersionKey) == true
                ? 1
                : 0;
    }

    private void ApplyPlainEvent(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.WorkflowExecutionStarted:
                currentTime = e.EventTime.ToDateTime();
                AddJob(new ActivationJob.Initialize(e.WorkflowExecutionStartedEventAttributes, currentTime));
                break;
            case EventType.WorkflowExecutionSignaled:
                AddJob(new ActivationJob.Signal(e.WorkflowExecutionSignaledEventAttributes));
                break;
            case EventType.WorkflowExecutionCancelRequested:
                AddJob(new ActivationJob.Cancel(e.WorkflowExecutionCancelRequestedEventAttributes.Cause));
                break;
            case EventType.WorkflowTaskStarted:
                OnTaskStarted(e);
                break;
            case EventType.WorkflowTaskCompleted:
                BeginTask();
                break;
            case EventType.WorkflowTaskFailed when
                e.WorkflowTaskFailedEventAttributes.Cause == WorkflowTaskFailedCause.ResetWorkflow:
                AddJob(new ActivationJob.UpdateRandomSeed(RandomSeed.From(e.WorkflowTaskFailedEventAttributes.NewRunId)));
                break;
            case EventType.WorkflowExecutionUpdateAdmitted:
                OnUpdateAdmitted(e);
                break;
            case EventType.WorkflowTaskScheduled or EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut or
                EventType.WorkflowExecutionTerminated or EventType.WorkflowExecutionTimedOut:
                break;
            default:
                if (!e.WorkerMayIgnore)
                {
                    throw new InvalidOperationException($"This worker does not know {e.Describe()}");
                }
                break;
        }
    }

    private void OnTaskStarted(HistoryEvent e)
    {
        lastStarted = (e.EventId, e.EventTime.ToDateTime());
        historySizeBytes = e.WorkflowTaskStartedEventAttributes.HistorySizeBytes;
        var started = e.WorkflowTaskStartedEventAttributes;
        continueAsNewSuggested = started.SuggestContinueAsNew;
        continueAsNewReasons = [.. started.SuggestContinueAsNewReasons.Select(reason => (Workflows.SuggestContinueAsNewReason)reason)];
        targetDeploymentChanged = started.TargetWorkerDeploymentVersionChanged;
        if (e.EventId == nextStartedEventId)
        {
            BeginTask();
        }
    }

    private void BeginTask()
    {
        if (lastStarted.EventId == 0)
        {
            return;
        }
        currentStartedEventId = lastStarted.EventId;
        taskStartTime = lastStarted.Time;
        AdvanceTime(lastStarted.Time);
        if (!IsReplaying)
        {
            foreach (var activity in localActivities.Values)
            {
                activity.OnNewTask();
            }
        }
    }

    private void OnUpdateAdmitted(HistoryEvent e)
    {
        var update = IncomingUpdate.From(e);
        if (IsReplaying)
        {
            // Whether it was accepted, and when, is seen further on.
            admittedUpdates[update.ProtocolInstanceId] = update;
        }
        else
        {
            HandleUpdate(update);
        }
    }

    // Flags apply from the task whose completion wrote them down, so that completion is looked up before the task is run.
    private void TakeOverCompletions(IReadOnlyList<HistoryEvent> events)
    {
        foreach (var e in events)
        {
            if (e.EventType == EventType.WorkflowTaskCompleted)
            {
                TakeOver(e.WorkflowTaskCompletedEventAttributes);
            }
        }
        if (events.Count > 0 && history.PeekNextCompleted() is { } next)
        {
            TakeOver(next);
        }
    }

    private void TakeOver(WorkflowTaskCompletedEventAttributes completed)
    {
        Flags.AddFrom(completed);
        if (completed.DeploymentVersion is { BuildId.Length: > 0 } deployed)
        {
            taskDeployment = WorkerDeploymentVersion.FromProto(deployed);
        }
#pragma warning disable CS0612 // Older histories have it here only.
        else if (completed.WorkerVersion?.BuildId is { Length: > 0 } stamped)
#pragma warning restore CS0612
        {
            taskDeployment = new(string.Empty, stamped);
        }
    }

    // What the task's completion recorded, but the workflow must know while it runs: patches taken, local activities
    // ended, updates accepted.
    private void LookAhead(long previouslyStarted)
    {
        foreach (var e in history.PeekNext(Math.Max(previouslyStarted, LastEventId)))
        {
            if (Markers.ReadPatch(e) is { } patch)
            {
                patches.TryAdd(patch.Id, false);
                AddJob(new ActivationJob.NotifyHasPatch(patch.Id));
            }
            else if (Markers.IsLocalActivity(e))
            {
                LookAheadLocalActivity(Markers.ReadLocalActivity(e));
            }
            else if (e.EventType == EventType.WorkflowExecutionUpdateAccepted)
            {
                HandleUpdate(UpdateOf(e.WorkflowExecutionUpdateAcceptedEventAttributes));
            }
        }
    }

    private IncomingUpdate UpdateOf(WorkflowExecutionUpdateAcceptedEventAttributes accepted) =>
        admittedUpdates.Remove(accepted.ProtocolInstanceId, out var admitted)
            ? admitted
            : IncomingUpdate.From(accepted) ??
                throw new InvalidOperationException($"History holds no request for update {accepted.ProtocolInstanceId}");
}
