using Temporalio.Api.Command.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Executions;

// Commands that reach beyond the run, and those that end it.
internal sealed partial class CommandCheck
{
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
