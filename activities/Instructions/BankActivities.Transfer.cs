using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Banks;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;
using BankAnswer = Settlement.Workflows.Contracts.BankAnswer;
using BankInstruction = Settlement.Activities.Banks.BankInstruction;

namespace Settlement.Activities.Instructions;

/// <summary>
/// Step 3. The instruction is committed with its UETR before the bank hears of it. Whoever finds it committed already (a
/// repeat after a crash, a lost answer, a workflow that was reset) must assume that the bank has it: he asks first, and sends again,
/// under the UETR that was recorded, only what the bank does not know.
/// </summary>
public sealed partial class BankActivities
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    [Activity("Transfer")]
    public async Task<BankAnswer> TransferAsync(TransferInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        await using var heartbeats = Heartbeats.Start();
        var uetr = Uetr.Parse(input.Uetr);
        var data = await reference.GetAsync(Cancellation);
        StepResult<InstructionTerms> recorded;
        try
        {
            recorded = await StepAsync(input, StepName.Transfer, step => RecordAsync(step, uetr, data));
        }
        catch (ApplicationFailureException refusal) when (refusal.ErrorType == SettlementFailure.LockNotActive.ErrorType())
        {
            // Nothing was committed, so nobody can have sent it: a proof, and the attempt may be rolled back.
            return new BankAnswer { Outcome = BankOutcome.NotSent, Retryable = true, Detail = "the lock has expired; nothing was sent" };
        }

        catch (ApplicationFailureException refusal) when (refusal.ErrorType == SettlementFailure.SwitchedOff.ErrorType())
        {
            return new BankAnswer { Outcome = BankOutcome.Held, Detail = refusal.Message };
        }

        if (!banks.TryGet(input.Bank, out var bank))
            return BankAnswers.Unknown($"no connection to {input.Bank} is configured");
        var timeout = TimeSpan.FromSeconds(input.BankCallTimeoutSeconds);
        if (!recorded.Repeated)
            return await SendFirstAsync(bank, recorded.Value.ToInstruction(uetr), timeout, input.ConnectAttempts);
        var first = await RecordedUetrAsync(input);
        var answer = await AskThenSendAsync(bank, recorded.Value.ToInstruction(first), timeout);
        return first == uetr ? answer : answer with { RecordedUetr = first.ToString() };
    }

    /// <summary>
    /// What the attempt was sent under, whatever is asked for now: a workflow that was reset to before this step draws a new UETR, under which
    /// the bank would pay a second time.
    /// </summary>
    private async Task<Uetr> RecordedUetrAsync(TransferInput input)
    {
        await using var context = SettlementDatabase.CreateContext(books);
        var recorded = await context.BankInstructions
            .Where(row => row.SettlementId == input.SettlementId && row.Attempt == input.Attempt && row.Kind == InstructionKind.Payment)
            .Select(row => row.Uetr).SingleAsync(Cancellation);
        return Uetr.From(recorded!.Value);
    }

    /// <summary>Answers the terms exactly as they are first sent; a repeat finds them stored.</summary>
    private async Task<InstructionTerms> RecordAsync(StepContext step, Uetr uetr, ReferenceData data)
    {
        var settlement = step.Settlement;
        // Only here: what is recorded is under way, and a switch that comes later lets it finish.
        if (data.StoppedBecause(SwitchName.Transfers, settlement) is { } stopped)
            throw new SettlementException(SettlementFailure.SwitchedOff, $"Transfers are stopped: {stopped}");
        step.Compensations.Register(CompensationAction.Recall);
        step.Instructions.RecordPayment(uetr);
        step.Ledger.Freeze();
        step.Transition(SettlementStatus.TransferInitiated, Actor.System, $"instruction {uetr} to {settlement.BankId}");
        var account = await nostros.NumberThereAsync(settlement.BankId, step.Amount.Currency, step.CancellationToken);
        return new InstructionTerms(settlement.Reference, step.Amount, account, settlement.CreditorAccount, settlement.ValueDate);
    }

    /// <summary>The first execution: nobody else has sent it, so a door that stays shut proves that nothing left.</summary>
    private static async Task<BankAnswer> SendFirstAsync(IBankClient bank, BankInstruction instruction, TimeSpan timeout, int attempts)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = BankAnswers.ToContract(await bank.SubmitAsync(instruction, timeout, Cancellation));
            if (answer.Outcome != BankOutcome.NotSent || attempt >= attempts)
                return answer;
            await Task.Delay(FirstPause * attempt, Cancellation);
        }
    }

    private static async Task<BankAnswer> AskThenSendAsync(IBankClient bank, BankInstruction instruction, TimeSpan timeout)
    {
        var known = BankAnswers.ToContract(await bank.EnquireAsync(instruction.Uetr, instruction.Amount.Currency, timeout, Cancellation));
        if (known.Outcome != BankOutcome.NotFound)
            return known;
        var answer = BankAnswers.ToContract(await bank.SubmitAsync(instruction, timeout, Cancellation));
        // This call sent nothing; an earlier one may have.
        return answer.Outcome == BankOutcome.NotSent ? BankAnswers.Unknown(answer.Detail ?? "the bank cannot be reached") : answer;
    }
}
