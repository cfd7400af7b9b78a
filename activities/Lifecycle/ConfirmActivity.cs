using Settlement.Activities.Instructions;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Lifecycle;

/// <summary>Step 4: writes down what proves the execution.</summary>
public sealed class ConfirmActivity(StepRunner steps) : SettlementActivity(steps), IConfirmActivity
{
    /// <inheritdoc/>
    [Activity("Confirm")]
    public Task ConfirmAsync(ConfirmInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StepAsync(input, StepName.Confirm, step =>
        {
            var actor = input.Actor ?? Actor.System;
            step.Instructions.Answer(step.OwnInstruction(), InstructionState.Confirmed, input.BankReference, input.Evidence);
            if (input.MessageId is { } messageId)
                step.Instructions.SetDisposition(step.Settlement.BankId, messageId, Uetr.Parse(input.Uetr), MessageDisposition.Applied);
            if (input.Actor is not null)
                step.Cases.Resolve(AttentionReason.OutcomeUnknown, $"confirmed: {input.Evidence}", actor, input.Approver);
            step.Transition(SettlementStatus.Confirmed, actor, Reason(input));
            return Task.CompletedTask;
        });
    }

    private static string Reason(ConfirmInput input) => input.Source switch
    {
        "answer" => "the bank answered that it has executed it",
        "message" => $"the bank confirmed it with message {input.MessageId}",
        "enquiry" => "the bank said on enquiry that it has executed it",
        "resolution" => $"resolved as confirmed, approved by {input.Approver}: {input.Evidence}",
        _ => $"confirmed by {input.Source}",
    };
}
