using Settlement.Activities.Instructions;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Lifecycle;

/// <summary>A transition without money: scheduled, unknown, cancelled, failed.</summary>
public sealed class ChangeStatusActivity(StepRunner steps) : SettlementActivity(steps), IChangeStatusActivity
{
    private static readonly StepName Step = new("status");

    /// <inheritdoc/>
    [Activity("ChangeStatus")]
    public Task ChangeStatusAsync(ChangeStatusInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StepAsync(input, Step.With(UpperSnake.Lower(input.To), input.Occurrence), step =>
        {
            if (input.To == SettlementStatus.OutcomeUnknown)
                step.Instructions.Answer(step.OwnInstruction(), InstructionState.Unknown);
            step.Transition(input.To, input.Actor ?? Actor.System, input.Reason, input.Failure, input.Failure is null ? null : input.Reason);
            return Task.CompletedTask;
        });
    }
}
