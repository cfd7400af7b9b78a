using Settlement.Activities.Failures;
using Settlement.Workflows.Contracts;
using Answer = Settlement.Activities.Banks.BankAnswer;

namespace Settlement.Activities.Instructions;

/// <summary>What a bank client said, in the words of the workflow.</summary>
internal static class BankAnswers
{
    public static BankAnswer ToContract(Answer answer) => answer switch
    {
        Answer.Accepted => new BankAnswer { Outcome = BankOutcome.Accepted, Detail = "the bank has accepted it" },
        Answer.Settled settled => new BankAnswer
        {
            Outcome = BankOutcome.Settled, AmountMinor = settled.Booked.AmountMinor, Detail = $"executed at {settled.At:u}",
        },
        Answer.Rejected rejected => Rejection(rejected.ReasonCode),
        Answer.NotFound => new BankAnswer { Outcome = BankOutcome.NotFound, Detail = "the bank does not know the UETR" },
        Answer.NotSent notSent => new BankAnswer { Outcome = BankOutcome.NotSent, Retryable = true, Detail = notSent.Reason },
        Answer.Unknown unknown => Unknown(unknown.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "The bank client gave an answer that nobody knows."),
    };

    public static BankAnswer Unknown(string reason) => new() { Outcome = BankOutcome.Unknown, Detail = reason };

    private static BankAnswer Rejection(string reasonCode) => FailureTable.OfBankReason(reasonCode) switch
    {
        // "Duplicate": the bank has the instruction already, so a rejection proves nothing about the first.
        FailureClass.Unknown => Unknown($"the bank rejected a repeat with {reasonCode}"),
        var failure => new BankAnswer
        {
            Outcome = reasonCode == Answer.CancelledReason ? BankOutcome.Recalled : BankOutcome.Rejected,
            ReasonCode = reasonCode,
            Retryable = failure == FailureClass.Retryable,
            Detail = $"the bank rejected it with {reasonCode}",
        },
    };
}
