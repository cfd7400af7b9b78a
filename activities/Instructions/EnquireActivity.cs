using Settlement.Activities.Banks;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;
using BankAnswer = Settlement.Workflows.Contracts.BankAnswer;

namespace Settlement.Activities.Instructions;

/// <summary>Asks the bank; writes nothing.</summary>
public sealed class EnquireActivity(IBankDirectory banks) : IEnquireActivity
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
}
