using Settlement.Domain;

namespace Settlement.Activities.Banks;

/// <summary>
/// One bank. No method throws for what the bank or the network does; also a call cancelled after its bytes may have left returns
/// <c>Unknown</c>, because nobody may take a lost answer for a lost instruction.
/// </summary>
public interface IBankClient
{
    /// <summary>Instructs, or repeats an instruction with the same values.</summary>
    /// <param name="instruction">What to pay.</param>
    /// <param name="timeout">How long to wait for the answer; the bank's configured limit caps it.</param>
    /// <param name="cancellationToken">Ends the waiting, not the payment.</param>
    Task<BankAnswer> SubmitAsync(BankInstruction instruction, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Asks what became of an instruction (ISO 20022 pacs.028). Changes nothing at the bank. Never <c>NotSent</c>.</summary>
    /// <param name="uetr">Which instruction.</param>
    /// <param name="currency">Its currency; an answer in another is no answer.</param>
    /// <param name="timeout">How long to wait for the answer.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<BankAnswer> EnquireAsync(Uetr uetr, Currency currency, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Asks the bank to give an instruction up (ISO 20022 camt.056).</summary>
    /// <param name="uetr">Which instruction.</param>
    /// <param name="recallId">Our id of this recall, the same on every repeat, at most 35 characters.</param>
    /// <param name="reasonCode">ISO 20022 cancellation reason, such as CUST, DUPL or TECH.</param>
    /// <param name="timeout">How long to wait for the answer.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<RecallAnswer> RecallAsync(Uetr uetr, string recallId, string reasonCode, TimeSpan timeout, CancellationToken cancellationToken = default);
}
