using Settlement.Activities.Banks;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using BankInstruction = Settlement.Activities.Banks.BankInstruction;
using BankAnswer = Settlement.Workflows.Contracts.BankAnswer;

namespace Settlement.Activities.Instructions;

/// <summary>
/// Step 3. The instruction is committed with its UETR before the bank hears of it. Whoever finds it committed already (a
/// repeat after a crash, a lost answer) must assume that the bank has it: he asks first, and sends again, under the same
/// UETR, only what the bank does not know.
/// </summary>
public sealed class TransferActivity(StepRunner steps, NostroDirectory nostros, IBankDirectory banks)
    : SettlementActivity(steps), ITransferActivity
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    [Activity("Transfer")]
    public async Task<BankAnswer> TransferAsync(TransferInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        await using var heartbeats = Heartbeats.Start();
        var uetr = Uetr.Parse(input.Uetr);
        var recorded = await StepAsync(input, StepName.Transfer, step => RecordAsync(step, uetr));
        if (recorded.Value.Terms is not { } terms)
            return new BankAnswer { Outcome = BankOutcome.NotSent, Retryable = true, Detail = recorded.Value.Refusal };
        if (!banks.TryGet(input.Bank, out var bank))
            return BankAnswers.Unknown($"no connection to {input.Bank} is configured");
        var instruction = terms.ToInstruction(uetr);
        var timeout = TimeSpan.FromSeconds(input.BankCallTimeoutSeconds);
        return recorded.Repeated
            ? await AskThenSendAsync(bank, instruction, timeout)
            : await SendFirstAsync(bank, instruction, timeout, input.ConnectAttempts);
    }

    private async Task<Recorded> RecordAsync(StepContext step, Uetr uetr)
    {
        var settlement = step.Settlement;
        var locks = await step.Ledger.LocksAsync();
        if (!locks.Exists(one => one.Attempt == step.Key.Attempt && one.State == FundLockState.Active && one.ExpiresAt > step.AsOf))
            return new Recorded(null, "the lock has expired; nothing was sent");
        step.Compensations.Register(CompensationAction.Recall);
        step.Instructions.RecordPayment(uetr);
        step.Ledger.Freeze();
        step.Transition(SettlementStatus.TransferInitiated, Actor.System, $"instruction {uetr} to {settlement.BankId}");
        var account = await nostros.NumberThereAsync(settlement.BankId, step.Amount.Currency, step.CancellationToken);
        return new Recorded(
            new InstructionTerms(settlement.Reference, step.Amount, account, settlement.CreditorAccount, settlement.ValueDate), null);
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

    /// <summary>The stored answer of the step: the terms exactly as they were first sent.</summary>
    private sealed record Recorded(InstructionTerms? Terms, string? Refusal);
}
