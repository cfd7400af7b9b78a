using Settlement.Domain;

namespace Settlement.Activities.Banks;

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
