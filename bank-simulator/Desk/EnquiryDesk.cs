namespace Settlement.BankSimulator;

/// <summary>Answers status enquiries (ISO 20022 pacs.028): truthfully, or as the script says.</summary>
public sealed class EnquiryDesk(BankBooks books, ScriptReader scripts, Decisions decisions)
{
    /// <summary>What the bank claims of a payment, and how; a null report with <see cref="ScriptedEnquiry.Truthful"/> means unknown.</summary>
    public async Task<(ScriptedEnquiry Manner, PaymentReport? Report)> EnquireAsync(string uetr)
    {
        var (manner, report, sequence) = books.Read(state =>
        {
            var behaviour = scripts.For(state, uetr);
            var manner = behaviour.Enquiry;
            if (state.Bindings.TryGetValue(uetr, out var binding) && ++binding.Enquiries > (behaviour.EnquiryTimes ?? int.MaxValue))
                manner = ScriptedEnquiry.Truthful;
            return state.Payments.TryGetValue(uetr, out var payment)
                ? (manner, Claim(decisions.Report(payment), payment, manner), payment.Sequence)
                : (manner, null, 0L);
        });
        // Nobody may learn what a crash could still undo.
        await books.WaitDurableAsync(sequence).ConfigureAwait(false);
        return (manner, report);
    }

    private static PaymentReport Claim(PaymentReport truth, Payment payment, ScriptedEnquiry manner) => manner switch
    {
        ScriptedEnquiry.ClaimSettled => truth with
        {
            Status = TransactionStatus.Settled,
            ReasonCode = null,
            BookedAmount = CurrencyRules.Format(payment.Amount, payment.Instruction.Currency),
        },
        ScriptedEnquiry.ClaimRejected => truth with { Status = TransactionStatus.Rejected, ReasonCode = "MS03", BookedAmount = null },
        _ => truth,
    };
}
