using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>What all actions outside of a settlement have in common: the input is checked before anything is done, and a refusal says why.</summary>
internal static class Operation
{
    /// <summary>Runs the action's activity if its input is complete.</summary>
    /// <param name="actionName">Name of the action.</param>
    /// <param name="action">What was asked.</param>
    /// <param name="problemOf">Says what is wrong with the members that only this action has; null if nothing.</param>
    /// <param name="run">The activity.</param>
    /// <exception cref="ApplicationFailureException">
    /// <see cref="OperatorRefusals.InvalidInput"/>, or the activity's own refusal under its error type.
    /// </exception>
    public static async Task<OperationReply> RunAsync<TAction>(
        string actionName, TAction? action, Func<TAction, string?> problemOf, Func<ActivityOptions, Task<OperationReply>> run)
        where TAction : OperatorAction
    {
        if ((OperatorInput.ProblemOf(actionName, action) ?? problemOf(action!)) is { } wrong)
            throw new ApplicationFailureException(wrong, OperatorRefusals.InvalidInput, nonRetryable: true);
        try
        {
            return await run(ActivityPolicies.Action($"{actionName} by {action!.Operator}"));
        }
        catch (ActivityFailureException exception) when (exception.InnerException is ApplicationFailureException inner)
        {
            throw new ApplicationFailureException(inner.Message, inner.ErrorType, nonRetryable: true);
        }
    }

    /// <summary>Tells open settlements of a change, in a workflow of its own that goes on when this one has ended.</summary>
    public static async Task NotifyAsync(string change, bool heldOnly)
    {
        var input = new NotifyInput { Change = change, HeldOnly = heldOnly };
        await Workflow.StartChildWorkflowAsync(
            (NotifyOpenSettlementsWorkflow workflow) => workflow.RunAsync(input),
            new ChildWorkflowOptions { Id = $"notify-{Workflow.NewGuid():N}", ParentClosePolicy = ParentClosePolicy.Abandon });
    }

    /// <summary>What is wrong with the name of a job; null if nothing.</summary>
    public static string? JobProblem(string? job) => JobNames.All.Contains(job) ? null : $"job must be one of {string.Join(", ", JobNames.All)}";

    /// <summary>What is wrong with the id of a settlement; null if nothing.</summary>
    public static string? SettlementProblem(Guid id) => id == Guid.Empty ? "settlement_id must be the id of a settlement" : null;

    /// <summary>Whether the text is a currency.</summary>
    public static bool IsCurrency(string? code) => Currency.TryGet(code, out _);
}

/// <summary>All workflows of operators' actions that belong to no open settlement.</summary>
public static class OperationWorkflowTypes
{
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(SetSwitchWorkflow),
        typeof(ExtendWindowWorkflow),
        typeof(PublishWindowWorkflow),
        typeof(PublishCalendarWorkflow),
        typeof(AssignCaseWorkflow),
        typeof(CloseCaseWorkflow),
        typeof(ReturnPaymentWorkflow),
        typeof(ReviveSettlementWorkflow),
        typeof(EndOrphanWorkflow),
        typeof(RestoreSettlementWorkflow),
        typeof(TriggerJobWorkflow),
        typeof(PauseJobWorkflow),
        typeof(NotifyOpenSettlementsWorkflow),
    ];
}
