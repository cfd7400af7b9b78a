using System.Globalization;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Answer = Settlement.Activities.Banks.RecallAnswer;
using RecallAnswer = Settlement.Workflows.Contracts.RecallAnswer;

namespace Settlement.Activities.Instructions;

/// <summary>Compensation of the transfer. Recorded before the bank is asked, and with every failure and the answer after.</summary>
public sealed partial class BankActivities
{
    /// <summary>ISO 20022 cancellation reason: requested by the customer.</summary>
    private const string RequestedByCustomer = "CUST";

    /// <inheritdoc/>
    [Activity("RecallPayment")]
    public async Task<RecallAnswer> RecallAsync(RecallInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var uetr = Uetr.Parse(input.Uetr);
        await StepAsync(input, StepName.Recall, step =>
        {
            step.Compensations.Register(CompensationAction.Recall);
            step.Instructions.RecordReversal(InstructionKind.Recall, uetr);
            step.Audit("recall_requested", input.Actor, input.Reason);
            return Task.CompletedTask;
        });
        var answer = banks.TryGet(input.Bank, out var bank)
            ? await bank.RecallAsync(uetr, $"R{uetr.Value:N}", RequestedByCustomer, TimeSpan.FromSeconds(input.BankCallTimeoutSeconds), Cancellation)
            : new Answer.Unknown($"no connection to {input.Bank} is configured");
        return answer switch
        {
            Answer.Recalled => await AnsweredAsync(input, RecallOutcome.Recalled, null, InstructionState.Recalled),
            Answer.Refused refused => await AnsweredAsync(input, RecallOutcome.Refused, refused.ReasonCode, InstructionState.Refused),
            Answer.Pending => await AnsweredAsync(input, RecallOutcome.Pending, null, InstructionState.Accepted),
            Answer.NotFound => throw await FailedAsync(input, "the bank does not know the instruction yet"),
            Answer.Unknown unknown => throw await FailedAsync(input, unknown.Reason),
            _ => throw new InvalidOperationException($"The bank client gave an answer that nobody knows: {answer}."),
        };
    }

    private async Task<RecallAnswer> AnsweredAsync(RecallInput input, RecallOutcome outcome, string? reasonCode, InstructionState state)
    {
        await StepAsync(input, Of(input, UpperSnake.Lower(outcome)), step =>
        {
            step.Instructions.Answer(InstructionKind.Recall, state, bankReason: reasonCode);
            if (outcome == RecallOutcome.Recalled)
                step.Compensations.Succeeded(CompensationAction.Recall, Json.Of(new { Outcome = "recalled" }));
            else if (outcome == RecallOutcome.Refused)
                step.Compensations.Failed(CompensationAction.Recall, $"refused {reasonCode}");
            return Task.CompletedTask;
        });
        return new RecallAnswer { Outcome = outcome, ReasonCode = reasonCode };
    }

    private async Task<ApplicationFailureException> FailedAsync(RecallInput input, string reason)
    {
        await StepAsync(input, Of(input, "failed"), step =>
        {
            step.Compensations.Failed(CompensationAction.Recall, reason);
            return Task.CompletedTask;
        });
        return new ApplicationFailureException(reason, SettlementFailure.CompensationFailed.ErrorType());
    }

    private static StepName Of(RecallInput input, string outcome) =>
        StepName.Recall.With(outcome, input.Try.ToString(CultureInfo.InvariantCulture));
}
