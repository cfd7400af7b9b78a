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

/// <summary>
/// One credit transfer for a bank to execute (ISO 20022 pacs.008, the fields that decide). A technical repeat carries exactly the same
/// values: the bank tells repeats by the UETR and refuses the same UETR with other values.
/// </summary>
/// <param name="Uetr">Identity of the instruction over all repeats.</param>
/// <param name="MessageId">Our message id, at most 35 characters.</param>
/// <param name="EndToEndId">Our reference, at most 35 characters.</param>
/// <param name="Amount">What is paid.</param>
/// <param name="DebtorAccount">Our account at the bank, at most 34 characters.</param>
/// <param name="CreditorAccount">The account that receives, at most 34 characters.</param>
/// <param name="ValueDate">Requested value date.</param>
public sealed record BankInstruction(
    Uetr Uetr,
    string MessageId,
    string EndToEndId,
    Money Amount,
    string DebtorAccount,
    string CreditorAccount,
    DateOnly? ValueDate = null);

/// <summary>
/// What is known of an instruction after a call to the bank: a closed set, because each member means something else for the money.
/// </summary>
public abstract record BankAnswer
{
    private BankAnswer()
    {
    }

    /// <summary>The bank has the instruction and has not decided yet (ACSP).</summary>
    public sealed record Accepted(DateTimeOffset At) : BankAnswer;

    /// <summary>Money has moved (ACSC).</summary>
    /// <param name="Booked">What the bank says it booked; the caller compares it with what was instructed.</param>
    /// <param name="At">The bank's business instant.</param>
    public sealed record Settled(Money Booked, DateTimeOffset At) : BankAnswer;

    /// <summary>The bank has refused (RJCT) or cancelled (reason <see cref="CancelledReason"/>): no money has moved and none will.</summary>
    /// <param name="ReasonCode">ISO 20022 reason code; see <c>FailureTable.OfBankReason</c>.</param>
    /// <param name="At">The bank's business instant.</param>
    public sealed record Rejected(string ReasonCode, DateTimeOffset At) : BankAnswer;

    /// <summary>The bank says it does not know the UETR. By itself no proof: an instruction may still be on its way to it.</summary>
    public sealed record NotFound : BankAnswer;

    /// <summary>The request may have reached the bank and what became of it is not known. Ask again about the same UETR; never send another.</summary>
    /// <param name="Reason">For operators; holds nothing secret.</param>
    public sealed record Unknown(string Reason) : BankAnswer;

    /// <summary>The instruction provably never left, or the bank's door refused it unread: the same one may be sent again.</summary>
    /// <param name="Reason">For operators; holds nothing secret.</param>
    public sealed record NotSent(string Reason) : BankAnswer;

    /// <summary>Reason of <see cref="Rejected"/> for an instruction that a recall cancelled before execution (status CANC).</summary>
    public const string CancelledReason = "CANC";
}

/// <summary>What is known after asking a bank to give an instruction up (ISO 20022 camt.056, answered by camt.029). A closed set.</summary>
public abstract record RecallAnswer
{
    private RecallAnswer()
    {
    }

    /// <summary>Cancelled (CNCL): no money has moved, or it has come back in full.</summary>
    public sealed record Recalled(DateTimeOffset At) : RecallAnswer;

    /// <summary>Refused (RJCR), for example ARDT (too late, already executed), ARJT (already rejected) or CUST (the beneficiary refuses).</summary>
    public sealed record Refused(string ReasonCode, DateTimeOffset At) : RecallAnswer;

    /// <summary>The bank has not decided (PDCR). Ask again with the same recall id.</summary>
    public sealed record Pending : RecallAnswer;

    /// <summary>The bank does not know the UETR.</summary>
    public sealed record NotFound : RecallAnswer;

    /// <summary>No usable answer. Repeat with the same recall id: the bank tells repeats by it.</summary>
    public sealed record Unknown(string Reason) : RecallAnswer;
}
