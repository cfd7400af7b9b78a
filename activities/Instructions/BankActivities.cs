using Npgsql;
using Settlement.Activities.Banks;
using Settlement.Activities.Ledger;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using BankAnswer = Settlement.Workflows.Contracts.BankAnswer;

namespace Settlement.Activities.Instructions;

/// <inheritdoc cref="IBankActivities"/>
public sealed partial class BankActivities(
    StepRunner steps, ReferenceDataCache reference, NostroDirectory nostros, IBankDirectory banks, NpgsqlDataSource books, AccountDirectory accounts)
    : SettlementActivity(steps), IBankActivities
{
    /// <inheritdoc/>
    [Activity("EnquireBank")]
    public async Task<BankAnswer> EnquireAsync(EnquiryInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!banks.TryGet(input.Bank, out var bank))
            return BankAnswers.Unknown($"no connection to {input.Bank} is configured");
        var cancellation = ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current.CancellationToken : CancellationToken.None;
        return BankAnswers.ToContract(await bank.EnquireAsync(
            Uetr.Parse(input.Uetr), Currency.Of(input.Currency), TimeSpan.FromSeconds(input.BankCallTimeoutSeconds), cancellation));
    }

    private static readonly StepName Action = new("absorb");

    /// <inheritdoc/>
    [Activity("AbsorbBankMessage")]
    public async Task AbsorbAsync(AbsorbInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var message = input.Message;
        await PerformAsync(input, StepNames.Of(Action, UpperSnake.Lower(input.Reason), $"{message.MessageId}/{message.Uetr}"), async step =>
        {
            var late = input.Reason == AttentionReason.LateConfirmation;
            var moved = Moved(step, message);
            if (late)
                await PostToSuspenseAsync(step, moved);
            if (Uetr.TryParse(message.Uetr, out var uetr))
                step.Instructions.SetDisposition(step.Settlement.BankId, message.MessageId, uetr, late ? MessageDisposition.Late : MessageDisposition.Mismatch);
            step.RaiseAttention(input.Reason, Actor.System, input.Detail);
            step.Cases.Open(input.Reason, Json.Of(new { input.Detail, message.MessageId, message.Uetr, message.AmountMinor, message.Currency }),
                late ? moved : null);
            return true;
        });
    }

    /// <summary>What the bank says it booked, where it says so in our currency: that is what left our account there.</summary>
    private static Money Moved(StepContext step, Workflows.Contracts.BankMessage message) =>
        message is { AmountMinor: > 0 and var booked } && message.Currency == step.Amount.Currency.Code ? new Money(booked, step.Amount.Currency) : step.Amount;

    private async Task PostToSuspenseAsync(StepContext step, Money amount)
    {
        var currency = amount.Currency;
        var parties = await PaymentAccounts.FindAsync(accounts, step.Settlement, step.CancellationToken);
        var suspense = await accounts.FindSuspenseAsync(currency, step.CancellationToken)
            ?? throw new SettlementException(SettlementFailure.UnknownAccount, $"There is no suspense account in {currency.Code}.");
        step.Ledger.PostUnlocked(
            TransferKind.Suspense,
            PaymentLegs.ToSuspense(parties.Nostro.AccountId, suspense.AccountId, amount),
            DateOnly.FromDateTime(step.AsOf.UtcDateTime),
            $"late confirmation, settlement {step.Settlement.Reference}");
    }
}
