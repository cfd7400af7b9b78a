using Settlement.Activities.Ledger;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Instructions;

/// <summary>A message that the process cannot use: kept, shown, and where money has moved, posted to suspense.</summary>
public sealed class AbsorbBankMessageActivity(StepRunner steps, AccountDirectory accounts)
    : SettlementActivity(steps), IAbsorbBankMessageActivity
{
    private static readonly StepName Act = new("absorb");

    /// <inheritdoc/>
    [Activity("AbsorbBankMessage")]
    public async Task AbsorbAsync(AbsorbInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var message = input.Message;
        await ActAsync(input, StepNames.Of(Act, UpperSnake.Lower(input.Reason), $"{message.MessageId}/{message.Uetr}"), async step =>
        {
            var late = input.Reason == AttentionReason.LateConfirmation;
            if (late)
                await PostToSuspenseAsync(step);
            if (Uetr.TryParse(message.Uetr, out var uetr))
                step.Instructions.SetDisposition(step.Settlement.BankId, message.MessageId, uetr, late ? MessageDisposition.Late : MessageDisposition.Mismatch);
            step.RaiseAttention(input.Reason, Actor.System, input.Detail);
            step.Cases.Open(input.Reason, Json.Of(new { input.Detail, message.MessageId, message.Uetr, message.AmountMinor, message.Currency }),
                late ? step.Amount : null);
            return true;
        });
    }

    private async Task PostToSuspenseAsync(StepContext step)
    {
        var currency = step.Amount.Currency;
        var parties = await PaymentAccounts.FindAsync(accounts, step.Settlement, step.CancellationToken);
        var suspense = await accounts.FindSuspenseAsync(currency, step.CancellationToken)
            ?? throw new SettlementException(SettlementFailure.UnknownAccount, $"There is no suspense account in {currency.Code}.");
        step.Ledger.PostUnlocked(
            TransferKind.Suspense,
            PaymentLegs.ToSuspense(parties.Nostro.AccountId, suspense.AccountId, step.Amount),
            DateOnly.FromDateTime(step.AsOf.UtcDateTime),
            $"late confirmation, settlement {step.Settlement.Reference}");
    }
}
