using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Worker.WorkflowTasks;

namespace Temporalio.Worker.WorkflowHistory;

/// <content>
/// The workflow's wishes in.
/// </content>
internal sealed partial class WorkflowMachines
{
    // The server's limit on the value of one search attribute.
    private const int MaximumChangeVersionBytes = 2048;

    private readonly Dictionary<uint, TimerMachine> timers = [];
    private readonly Dictionary<uint, ActivityMachine> activities = [];
    private readonly Dictionary<uint, ChildWorkflowMachine> children = [];
    private readonly Dictionary<uint, SignalExternalMachine> signals = [];
    private readonly Dictionary<uint, NexusOperationMachine> nexusOperations = [];

    // Patches seen, and whether a marker command exists for them.
    private readonly SortedDictionary<string, bool> patches = new(StringComparer.Ordinal);

    /// <summary>Takes over what the workflow asked for in one activation.</summary>
    /// <param name="requests">Wishes in order.</param>
    /// <param name="languageFlags">Ways of doing things that the workflow code's runtime used.</param>
    internal void Handle(IReadOnlyList<WorkflowRequest> requests, IEnumerable<uint> languageFlags)
    {
        Flags.UseLanguage(languageFlags);
        foreach (var request in InOrder(requests))
        {
            Handle(request);
        }
        ResolveFromMarkersAhead();
    }

    private List<WorkflowRequest> InOrder(IReadOnlyList<WorkflowRequest> requests)
    {
        var first = requests.FirstOrDefault(r => r.IsTerminal);
        if (first == null)
        {
            return [.. requests];
        }
        return Flags.TryUse(SdkFlags.TerminalCommandsLast, IsReplaying)
            ? [.. requests.Where(r => !r.IsTerminal), first]
            : [.. requests.TakeWhile(r => !r.IsTerminal), first];
    }

    private void Handle(WorkflowRequest request)
    {
        switch (request)
        {
            case WorkflowRequest.StartTimer timer:
                StartTimer(timer);
                break;
            case WorkflowRequest.CancelTimer cancel:
                timers[cancel.Sequence].Cancel();
                break;
            case WorkflowRequest.ScheduleActivity activity:
                ScheduleActivity(activity);
                break;
            case WorkflowRequest.CancelActivity cancel:
                activities[cancel.Sequence].Cancel();
                break;
            case WorkflowRequest.ScheduleLocalActivity local:
                ScheduleLocalActivity(local.Activity);
                break;
            case WorkflowRequest.CancelLocalActivity cancel:
                localActivities[cancel.Sequence].Cancel();
                break;
            case WorkflowRequest.StartChild child:
                StartChild(child);
                break;
            case WorkflowRequest.CancelChild cancel:
                children[cancel.Sequence].Cancel($"Parent workflow {WorkflowId} asked for it");
                break;
            case WorkflowRequest.SignalExternal signal:
                SignalExternal(signal);
                break;
            case WorkflowRequest.CancelSignalExternal cancel:
                signals[cancel.Sequence].Cancel();
                break;
            case WorkflowRequest.CancelExternal cancel:
                CancelExternal(cancel);
                break;
            case WorkflowRequest.ScheduleNexusOperation operation:
                ScheduleNexusOperation(operation);
                break;
            case WorkflowRequest.CancelNexusOperation cancel:
                nexusOperations[cancel.Sequence].Cancel();
                break;
            default:
                HandleUnanswered(request);
                break;
        }
    }

    private void HandleUnanswered(WorkflowRequest request)
    {
        switch (request)
        {
            case WorkflowRequest.SetPatch patch:
                SetPatch(patch);
                break;
            case WorkflowRequest.UpsertSearchAttributes upsert:
                Upsert(upsert.Attributes);
                break;
            case WorkflowRequest.UpsertMemo upsert:
                AddCommand(
                    new()
                    {
                        CommandType = CommandType.ModifyWorkflowProperties,
                        ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = upsert.Memo },
                    },
                    new RecordedOnceMachine(EventType.WorkflowPropertiesModified, "a change of the memo"));
                break;
            case WorkflowRequest.AcceptUpdate accept:
                UpdateBy(accept.ProtocolInstanceId).Accept();
                break;
            case WorkflowRequest.RejectUpdate reject:
                UpdateBy(reject.ProtocolInstanceId).Reject(reject.Failure);
                break;
            case WorkflowRequest.CompleteUpdate complete:
                UpdateBy(complete.ProtocolInstanceId).Complete(complete.Result, complete.Failure);
                break;
            default:
                End(request);
                break;
        }
    }

    private void StartTimer(WorkflowRequest.StartTimer timer)
    {
        var machine = new TimerMachine(this, timer.Sequence, timer.Attributes.TimerId);
        timers[timer.Sequence] = machine;
        AddCommand(
            new()
            {
                CommandType = CommandType.StartTimer,
                StartTimerCommandAttributes = timer.Attributes,
                UserMetadata = timer.Metadata,
            },
            machine);
    }

    private void ScheduleActivity(WorkflowRequest.ScheduleActivity activity)
    {
        var machine = new ActivityMachine(this, activity);
        activities[activity.Sequence] = machine;
        AddCommand(
            new()
            {
                CommandType = CommandType.ScheduleActivityTask,
                ScheduleActivityTaskCommandAttributes = activity.Attributes,
                UserMetadata = activity.Metadata,
            },
            machine);
    }

    private void ScheduleLocalActivity(LocalActivityRequest request)
    {
        request = request.OriginalScheduleTime == null
            ? request with { OriginalScheduleTime = Timestamp.FromDateTime(DateTime.UtcNow) }
            : request;
        var machine = new LocalActivityMachine(this, request, currentTime);
        localActivities[request.Sequence] = machine;
        if (!IsReplaying)
        {
            LocalActivities.Enqueue(request);
        }
    }

    private void StartChild(WorkflowRequest.StartChild child)
    {
        var machine = new ChildWorkflowMachine(this, child);
        children[child.Sequence] = machine;
        AddCommand(
            new()
            {
                CommandType = CommandType.StartChildWorkflowExecution,
                StartChildWorkflowExecutionCommandAttributes = child.Attributes,
                UserMetadata = child.Metadata,
            },
            machine);
    }

    private void SignalExternal(WorkflowRequest.SignalExternal signal)
    {
        var machine = new SignalExternalMachine(this, signal);
        signals[signal.Sequence] = machine;
        AddCommand(
            new()
            {
                CommandType = CommandType.SignalExternalWorkflowExecution,
                SignalExternalWorkflowExecutionCommandAttributes = signal.Attributes,
            },
            machine);
    }

    private void CancelExternal(WorkflowRequest.CancelExternal cancel)
    {
        cancel.Attributes.Reason = $"Cancel requested by workflow with run id {RunId}";
        AddCommand(
            new()
            {
                CommandType = CommandType.RequestCancelExternalWorkflowExecution,
                RequestCancelExternalWorkflowExecutionCommandAttributes = cancel.Attributes,
            },
            new CancelExternalMachine(
                cancel.Attributes.WorkflowId,
                failure => AddJob(new ActivationJob.ResolveCancelExternal(cancel.Sequence, failure))));
    }

    private void ScheduleNexusOperation(WorkflowRequest.ScheduleNexusOperation operation)
    {
        var machine = new NexusOperationMachine(this, operation);
        nexusOperations[operation.Sequence] = machine;
        AddCommand(
            new()
            {
                CommandType = CommandType.ScheduleNexusOperation,
                ScheduleNexusOperationCommandAttributes = operation.Attributes,
                UserMetadata = operation.Metadata,
            },
            machine);
    }

    private void SetPatch(WorkflowRequest.SetPatch patch)
    {
        var seen = patches.TryGetValue(patch.PatchId, out var hasCommand);
        if (hasCommand)
        {
            return;
        }
        var marker = new RecordMarkerCommandAttributes { MarkerName = Markers.PatchName };
        marker.Details.Add(Markers.PatchDetails(patch.PatchId, patch.Deprecated));
        AddCommand(
            new() { CommandType = CommandType.RecordMarker, RecordMarkerCommandAttributes = marker },
            new PatchMachine(patch.PatchId));
        patches[patch.PatchId] = true;
        if ((!IsReplaying || seen) && Flags.TryUse(SdkFlags.UpsertOnPatch, IsReplaying))
        {
            UpsertChangeVersion();
        }
    }

    private void UpsertChangeVersion()
    {
        var value = JsonSerializer.SerializeToUtf8Bytes(patches.Keys);
        if (value.Length >= MaximumChangeVersionBytes)
        {
            return;
        }
        var payload = new Payload
        {
            Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
            Data = ByteString.CopyFrom(value),
        };
        Upsert(new() { IndexedFields = { [ChangeVersionKey] = payload } });
    }

    private void Upsert(SearchAttributes attributes) => AddCommand(
        new()
        {
            CommandType = CommandType.UpsertWorkflowSearchAttributes,
            UpsertWorkflowSearchAttributesCommandAttributes = new() { SearchAttributes = attributes },
        },
        new RecordedOnceMachine(EventType.UpsertWorkflowSearchAttributes, "a change of search attributes"));

    private void End(WorkflowRequest request)
    {
        IsFinished = true;
        LocalActivities.End();
        var (command, recordedBy) = request switch
        {
            WorkflowRequest.Complete complete => (
                new Command
                {
                    CommandType = CommandType.CompleteWorkflowExecution,
                    CompleteWorkflowExecutionCommandAttributes = complete.Attributes,
                },
                EventType.WorkflowExecutionCompleted),
            WorkflowRequest.Fail fail => (
                new Command
                {
                    CommandType = CommandType.FailWorkflowExecution,
                    FailWorkflowExecutionCommandAttributes = new() { Failure = fail.Failure },
                },
                EventType.WorkflowExecutionFailed),
            WorkflowRequest.Cancel => (
                new Command
                {
                    CommandType = CommandType.CancelWorkflowExecution,
                    CancelWorkflowExecutionCommandAttributes = new(),
                },
                EventType.WorkflowExecutionCanceled),
            WorkflowRequest.ContinueAsNew next => (
                new Command
                {
                    CommandType = CommandType.ContinueAsNewWorkflowExecution,
                    ContinueAsNewWorkflowExecutionCommandAttributes = next.Attributes,
                },
                EventType.WorkflowExecutionContinuedAsNew),
            _ => throw new InvalidOperationException($"Unknown request {request.GetType().Name}"),
        };
        AddCommand(command, new RecordedOnceMachine(recordedBy, $"the end of the workflow ({command.CommandType})"));
    }
}
