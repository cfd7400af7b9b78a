using System.Globalization;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Answer = Settlement.Activities.Banks.RecallAnswer;
using BankAnswer = Settlement.Workflows.Contracts.BankAnswer;

namespace Settlement.Activities.Instructions;

/// <summary>
/// Step 3 of a return. Recorded before the bank is asked; asked under an id that is the same in every repeat, so that a lost answer is found by
/// asking again. A return that the bank has announced by itself is not asked for: its message is the proof.
/// </summary>
public sealed partial class BankActivities
{
    /// <inheritdoc/>
    [Activity("RequestReturn")]
    public async Task<BankAnswer> RequestReturnAsync(ReturnInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        await using var heartbeats = Heartbeats.Start();
        var uetr = Uetr.Parse(input.Return.Uetr);
        var data = await reference.GetAsync(Cancellation);
        try
        {
            await StepAsync(input, StepName.Return, step => Record(step, input, uetr, data));
        }
        catch (ApplicationFailureException refusal) when (refusal.ErrorType == SettlementFailure.SwitchedOff.ErrorType())
        {
            return new BankAnswer { Outcome = BankOutcome.Held, Detail = refusal.Message };
        }

        if (input.Return.MessageId is { } messageId)
            return new BankAnswer { Outcome = BankOutcome.Settled, Detail = $"the bank announced the return with message {messageId}" };
        if (!banks.TryGet(input.Bank, out var bank))
            return BankAnswers.Unknown($"no connection to {input.Bank} is configured");
        return ToContract(await bank.RecallAsync(
            uetr, IdOf(input), RequestedByCustomer, TimeSpan.FromSeconds(input.BankCallTimeoutSeconds), Cancellation));
    }

    private static Task Record(StepContext step, ReturnInput input, Uetr uetr, ReferenceData data)
    {
        if (input.Return.MessageId is null && data.StoppedBecause(SwitchName.Transfers, step.Settlement) is { } stopped)
            throw new SettlementException(SettlementFailure.SwitchedOff, $"Transfers are stopped: {stopped}");
        step.Compensations.Register(CompensationAction.Return);
        step.Instructions.RecordReversal(InstructionKind.Return, uetr);
        step.Transition(SettlementStatus.TransferInitiated, Actor.System, $"return of {input.Return.Reference}, instruction {uetr}, at {step.Settlement.BankId}");
        return Task.CompletedTask;
    }

    /// <summary>At most 35 characters; a later attempt asks anew.</summary>
    private static string IdOf(ReturnInput input) => string.Create(CultureInfo.InvariantCulture, $"T{input.SettlementId:N}{input.Attempt % 100}");

    private static BankAnswer ToContract(Answer answer) => answer switch
    {
        Answer.Recalled => new BankAnswer { Outcome = BankOutcome.Settled, Detail = "the bank has given the payment back" },
        Answer.Refused refused => new BankAnswer
        {
            Outcome = BankOutcome.Rejected, ReasonCode = refused.ReasonCode, Detail = $"the bank refused the return with {refused.ReasonCode}",
        },
        Answer.Pending => new BankAnswer { Outcome = BankOutcome.Accepted, Detail = "the bank is deciding on the return" },
        Answer.NotFound => BankAnswers.Unknown("the bank does not know the UETR"),
        Answer.Unknown unknown => BankAnswers.Unknown(unknown.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "The bank client gave an answer that nobody knows."),
    };
}
