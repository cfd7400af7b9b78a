using Temporalio.Api.Command.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// Looks through all commands and messages of a workflow task before any of them is carried out, so that a task either works as a whole or fails
/// and leaves nothing behind. Follows what each command would change as far as later ones depend on it. Fills in defaults in the commands.
/// </summary>
internal sealed class CommandCheck(ExecutionState state, TransitionContext context)
{
    private readonly HashSet<string> newActivityIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> newTimerIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> goneTimerIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> newChildIds = new(StringComparer.Ordinal);
    private readonly HashSet<long> goneActivities = [];
    private int activities = state.Activities.Count;
    private int children = state.Children.Count;
    private int signals = state.SignalsOut.Count;
    private int cancels = state.CancelsOut.Count;
    private int buffered = state.Buffered.Count;
    private SearchAttributes? searchAttributes = state.SearchAttributes;
    private Memo? memo = state.Memo;

    private Limits Limits => context.Limits;

    /// <summary>Refuses sequences and types that no worker should send; nothing of them is recorded.</summary>
    /// <exception cref="RpcRefusal">INVALID_ARGUMENT.</exception>
    public static void RefuseSequence(IReadOnlyList<Command> commands)
    {
        for (var i = 0; i < commands.Count; i++)
        {
            var type = commands[i].CommandType;
            if (type == CommandType.Unspecified || !Enum.IsDefined(type))
                throw RpcRefusal.InvalidArgument($"unknown command type: {type}");
            if (IsClose(type) && i < commands.Count - 1)
            {
                throw RpcRefusal.InvalidArgument(
                    $"invalid command sequence: [{string.Join(", ", commands.Select(c => c.CommandType))}], command {type} must be the last command.");
            }
        }
    }

    /// <summary>Whether the command ends the run.</summary>
    public static bool IsClose(CommandType type) => type is CommandType.CompleteWorkflowExecution or CommandType.FailWorkflowExecution
        or CommandType.CancelWorkflowExecution or CommandType.ContinueAsNewWorkflowExecution;

    /// <summary>The first thing that is wrong, or null.</summary>
    public CommandFailure? Check(RespondWorkflowTaskCompletedRequest request)
    {
        var messages = new UpdateCheck(state, request.Messages, Limits);
        foreach (var command in request.Commands)
        {
            if (Check(command, messages) is { } failure)
                return failure;
        }

        return messages.CheckRest();
    }

    private CommandFailure? Check(Command command, UpdateCheck messages) => command.CommandType switch
    {
        CommandType.ScheduleActivityTask => Check(command.ScheduleActivityTaskCommandAttributes),
        CommandType.RequestCancelActivityTask => Check(command.RequestCancelActivityTaskCommandAttributes),
        CommandType.StartTimer => Check(command.StartTimerCommandAttributes),
        CommandType.CancelTimer => Check(command.CancelTimerCommandAttributes),
        CommandType.RecordMarker => Check(command.RecordMarkerCommandAttributes),
        CommandType.StartChildWorkflowExecution => Check(command.StartChildWorkflowExecutionCommandAttributes),
        CommandType.SignalExternalWorkflowExecution => Check(command.SignalExternalWorkflowExecutionCommandAttributes),
        CommandType.RequestCancelExternalWorkflowExecution => Check(command.RequestCancelExternalWorkflowExecutionCommandAttributes),
        CommandType.UpsertWorkflowSearchAttributes => Check(command.UpsertWorkflowSearchAttributesCommandAttributes),
        CommandType.ModifyWorkflowProperties => Check(command.ModifyWorkflowPropertiesCommandAttributes),
        CommandType.ProtocolMessage => messages.Check(command.ProtocolMessageCommandAttributes),
        CommandType.CompleteWorkflowExecution => Closing() ?? Check(command.CompleteWorkflowExecutionCommandAttributes),
        CommandType.FailWorkflowExecution => Closing() ?? Check(command.FailWorkflowExecutionCommandAttributes),
        CommandType.CancelWorkflowExecution => Closing() ?? Check(command.CancelWorkflowExecutionCommandAttributes),
        CommandType.ContinueAsNewWorkflowExecution => Closing() ?? Check(command.ContinueAsNewWorkflowExecutionCommandAttributes),
        // Carried out by failing it (Transition.RefuseNexusOperation): a failed workflow task would be tried for ever.
        CommandType.ScheduleNexusOperation => null,
        CommandType.RequestCancelNexusOperation => new(WorkflowTaskFailedCause.FeatureDisabled, "Nexus operations disabled"),
        _ => throw RpcRefusal.InvalidArgument($"Unknown command type: {command.CommandType}"),
    };

    private CommandFailure? Check(ScheduleActivityTaskCommandAttributes? command)
    {
        const WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.BadScheduleActivityAttributes;
        if (CommandRules.Normalize(command, state, Limits) is { } wrong)
            return new(cause, wrong);
        if (PayloadFacts.Size(command!.Input) > Limits.BlobSizeBytes)
            return new(cause, "ScheduleActivityTaskCommandAttributes.Input exceeds size limit.", Terminates: true);
        if (TooMany(activities++, "pending activities") is { } many)
            return new(WorkflowTaskFailedCause.PendingActivitiesLimitExceeded, many);
        var isPending = state.ActivityIds.TryGetValue(command.ActivityId, out var pending) && !goneActivities.Contains(pending);
        return !newActivityIds.Add(command.ActivityId) || isPending
            ? new(WorkflowTaskFailedCause.ScheduleActivityDuplicateId, $"invalid history builder state for action: add-activitytask-scheduled-event, ActivityID: {command.ActivityId}")
            : null;
    }

    private CommandFailure? Check(RequestCancelActivityTaskCommandAttributes? command)
    {
        const WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.BadRequestCancelActivityAttributes;
        if (CommandRules.WhyNot(command) is { } wrong)
            return new(cause, wrong);
        if (state.Activities.TryGetValue(command!.ScheduledEventId, out var activity))
        {
            if (!activity.IsStarted && goneActivities.Add(command.ScheduledEventId))
                activities--;
            return null;
        }

        return state.HasBufferedActivityClosure(command.ScheduledEventId) ? null : new(cause, $"invalid history builder state for action: add-activitytask-cancel-requested-event, ScheduledEventID: {command.ScheduledEventId}");
    }

    private CommandFailure? Check(StartTimerCommandAttributes? command)
    {
        if (CommandRules.WhyNot(command, Limits) is { } wrong)
            return new(WorkflowTaskFailedCause.BadStartTimerAttributes, wrong);
        var isPending = state.Timers.ContainsKey(command!.TimerId) && !goneTimerIds.Contains(command.TimerId);
        return !newTimerIds.Add(command.TimerId) || isPending
            ? new(WorkflowTaskFailedCause.StartTimerDuplicateId, $"invalid history builder state for action: add-timer-started-event, TimerID: {command.TimerId}")
            : null;
    }

    private CommandFailure? Check(CancelTimerCommandAttributes? command)
    {
        const WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.BadCancelTimerAttributes;
        if (CommandRules.WhyNot(command, Limits) is { } wrong)
            return new(cause, wrong);
        if (newTimerIds.Remove(command!.TimerId))
            return null;
        if (state.Timers.ContainsKey(command.TimerId) && goneTimerIds.Add(command.TimerId))
            return null;
        if (state.BufferedTimerFired(command.TimerId) is null || !goneTimerIds.Add(command.TimerId))
            return new(cause, $"invalid history builder state for action: add-timer-canceled-event, TimerID: {command.TimerId}");
        buffered--;
        return null;
    }

    private CommandFailure? Check(RecordMarkerCommandAttributes? command)
    {
        const WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.BadRecordMarkerAttributes;
        if (CommandRules.WhyNot(command, Limits) is { } wrong)
            return new(cause, wrong);
        var size = 0;
        foreach (var (key, payloads) in command!.Details)
            size += key.Length + payloads.CalculateSize();
        return size > Limits.BlobSizeBytes ? new(cause, "RecordMarkerCommandAttributes.Details exceeds size limit.", Terminates: true) : null;
    }

    private CommandFailure? Check(UpsertWorkflowSearchAttributesCommandAttributes? command)
    {
        const WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.BadSearchAttributes;
        if (CommandRules.WhyNot(command) is { } wrong)
            return new(cause, wrong);
        try
        {
            command!.SearchAttributes = SearchAttributePayloads.ForUpsert(command.SearchAttributes, context.Namespace.SearchAttributes, context.Namespace.Name);
        }
        catch (InvalidSearchAttributesException e)
        {
            return new(cause, e.Message);
        }

        if (PayloadFacts.Size(command.SearchAttributes?.IndexedFields ?? []) > Limits.BlobSizeBytes)
            return new(cause, "UpsertWorkflowSearchAttributesCommandAttributes exceeds size limit.", Terminates: true);
        searchAttributes = SearchAttributePayloads.Merge(searchAttributes, command.SearchAttributes);
        return PayloadFacts.Size(searchAttributes) > Limits.SearchAttributesBytes
            ? new(cause, $"total size of search attributes {PayloadFacts.Size(searchAttributes)} exceeds size limit {Limits.SearchAttributesBytes}", Terminates: true)
            : null;
    }

    private CommandFailure? Check(ModifyWorkflowPropertiesCommandAttributes? command)
    {
        const WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes;
        if (CommandRules.WhyNot(command) is { } wrong)
            return new(cause, wrong);
        if (PayloadFacts.Size(command!.UpsertedMemo.Fields) > Limits.BlobSizeBytes)
            return new(cause, "ModifyWorkflowPropertiesCommandAttributes exceeds size limit.", Terminates: true);
        memo = ExecutionState.Merge(memo, command.UpsertedMemo);
        return PayloadFacts.Size(memo) > Limits.MemoSizeBytes
            ? new(cause, "ModifyWorkflowPropertiesCommandAttributes. Memo exceeds size limit.", Terminates: true)
            : null;
    }

    private string? TooMany(int pending, string what) =>
        pending < Limits.Pending ? null : $"the number of {what}, {pending}, has reached the per-workflow limit of {Limits.Pending}";

    private CommandFailure? Closing() => buffered > 0 ? new(WorkflowTaskFailedCause.UnhandledCommand, null) : null;

    private CommandFailure? Check(StartChildWorkflowExecutionCommandAttributes? command)
    {
        const WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.BadStartChildExecutionAttributes;
        if (CommandRules.Normalize(command, state, context) is { } wrong)
            return new(cause, wrong);
        if (WhyNot(command!.SearchAttributes, out var attributes) is { } bad)
        {
            return new(
                WorkflowTaskFailedCause.BadSearchAttributes,
                $"invalid SearchAttributes on StartChildWorkflowCommand: {bad}. WorkflowId={command.WorkflowId} WorkflowType={command.WorkflowType.Name} Namespace={command.Namespace}");
        }

        command.SearchAttributes = attributes;
        if (PayloadFacts.Size(command.Input) > Limits.BlobSizeBytes)
            return new(cause, "StartChildWorkflowExecutionCommandAttributes. Input exceeds size limit.", Terminates: true);
        if (PayloadFacts.Size(command.Memo) > Limits.MemoSizeBytes)
            return new(cause, "StartChildWorkflowExecutionCommandAttributes.Memo exceeds size limit.", Terminates: true);
        if (TooMany(children++, "pending child workflow executions") is { } many)
            return new(WorkflowTaskFailedCause.PendingChildWorkflowsLimitExceeded, many);
        newChildIds.Add(command.WorkflowId);
        return null;
    }

    private CommandFailure? Check(SignalExternalWorkflowExecutionCommandAttributes? command)
    {
        const WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes;
        if (CommandRules.WhyNot(command, context) is { } wrong)
            return new(cause, wrong);
        if (TooMany(signals++, "pending signals to external workflows") is { } many)
            return new(WorkflowTaskFailedCause.PendingSignalsLimitExceeded, many);
        return PayloadFacts.Size(command!.Input) > Limits.BlobSizeBytes
            ? new(cause, "SignalExternalWorkflowExecutionCommandAttributes.Input exceeds size limit.", Terminates: true)
            : null;
    }

    private CommandFailure? Check(RequestCancelExternalWorkflowExecutionCommandAttributes? command)
    {
        if (CommandRules.WhyNot(command, newChildIds, context) is { } wrong)
            return new(WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes, wrong);
        return TooMany(cancels++, "pending requests to cancel external workflows") is { } many
            ? new(WorkflowTaskFailedCause.PendingRequestCancelLimitExceeded, many)
            : null;
    }

    private CommandFailure? Check(CompleteWorkflowExecutionCommandAttributes? command)
    {
        if (command is null)
            return new(WorkflowTaskFailedCause.BadCompleteWorkflowExecutionAttributes, "CompleteWorkflowExecutionCommandAttributes is not set on CompleteWorkflowExecutionCommand.");
        // The cause is the real server's, odd as it is.
        return PayloadFacts.Size(command.Result) > Limits.BlobSizeBytes
            ? new(WorkflowTaskFailedCause.BadScheduleActivityAttributes, "CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.", Terminates: true)
            : null;
    }

    private CommandFailure? Check(FailWorkflowExecutionCommandAttributes? command)
    {
        const WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes;
        if (CommandRules.WhyNot(command) is { } wrong)
            return new(cause, wrong);
        return PayloadFacts.Size(command!.Failure) > Limits.BlobSizeBytes
            ? new(cause, "FailWorkflowExecutionCommandAttributes.Failure exceeds size limit.", Terminates: true)
            : null;
    }

    private static CommandFailure? Check(CancelWorkflowExecutionCommandAttributes? command) => command is null
        ? new(WorkflowTaskFailedCause.BadCancelWorkflowExecutionAttributes, "CancelWorkflowExecutionCommandAttributes is not set on CancelWorkflowExecutionCommand.")
        : null;

    private CommandFailure? Check(ContinueAsNewWorkflowExecutionCommandAttributes? command)
    {
        const WorkflowTaskFailedCause cause = WorkflowTaskFailedCause.BadContinueAsNewAttributes;
        if (CommandRules.Normalize(command, state, Limits) is { } wrong)
            return new(cause, wrong);
        if (WhyNot(command!.SearchAttributes, out var attributes) is { } bad)
        {
            return new(
                WorkflowTaskFailedCause.BadSearchAttributes,
                $"invalid SearchAttributes on ContinueAsNewWorkflowExecutionCommand: {bad}. WorkflowType={command.WorkflowType.Name} TaskQueue={command.TaskQueue}");
        }

        command.SearchAttributes = attributes;
        if (PayloadFacts.Size(command.Input) > Limits.BlobSizeBytes)
            return new(cause, "ContinueAsNewWorkflowExecutionCommandAttributes. Input exceeds size limit.", Terminates: true);
        return PayloadFacts.Size(command.Memo) > Limits.MemoSizeBytes
            ? new(cause, "ContinueAsNewWorkflowExecutionCommandAttributes. Memo exceeds size limit.", Terminates: true)
            : null;
    }

    /// <summary>What is wrong with a new run's search attributes; null, and the same with their types, when nothing is.</summary>
    private string? WhyNot(SearchAttributes? given, out SearchAttributes? typed)
    {
        typed = null;
        try
        {
            typed = SearchAttributePayloads.ForStart(given, context.Namespace.SearchAttributes, context.Namespace.Name);
            return null;
        }
        catch (InvalidSearchAttributesException e)
        {
            return e.Message;
        }
    }
}

/// <summary>Why the commands of a workflow task cannot be taken: the task fails.</summary>
/// <param name="Cause">As the failed event says it.</param>
/// <param name="Reason">What is wrong, or null where the cause says all.</param>
/// <param name="Terminates">Whether a retry would be useless (too large), so that the run is terminated as well.</param>
internal sealed record CommandFailure(WorkflowTaskFailedCause Cause, string? Reason, bool Terminates = false)
{
    /// <summary>As the worker is told, in the real server's form.</summary>
    public string Message => Reason is null ? Cause.ToString() : $"{Cause}: {Reason}";
}
