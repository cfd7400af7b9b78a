using System.Globalization;

namespace Settlement.BankSimulator;

/// <summary>One payment in the bank's books. Changed only by <see cref="BooksState.Apply"/>.</summary>
public sealed class Payment(PaymentInstruction instruction, DateTimeOffset receivedAt)
{
    public PaymentInstruction Instruction { get; } = instruction;

    /// <summary>The amount in major units; its text was checked when the payment was received.</summary>
    public decimal Amount { get; } = decimal.Parse(instruction.Amount, CultureInfo.InvariantCulture);

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    public string Status { get; internal set; } = TransactionStatus.Accepted;

    public string? ReasonCode { get; internal set; }

    /// <summary>What the bank will do; meaningful while the status is ACSP.</summary>
    public ScriptedOutcome Plan { get; internal set; }

    public string? PlannedReason { get; internal set; }

    /// <summary>Real time at which the plan is carried out; null: held.</summary>
    public DateTimeOffset? DecideAt { get; internal set; }

    public DateTimeOffset? DecidedAt { get; internal set; }

    /// <summary>How often the journal says that money moved.</summary>
    public int Executions { get; internal set; }

    public decimal Returned { get; internal set; }

    /// <summary>Whether callers of POST /payments are told the decision, and not only the acceptance.</summary>
    public bool DecidesInAnswer { get; internal set; }

    /// <summary>Journal sequence of the last change; what is said of the payment waits for it to be durable.</summary>
    public long Sequence { get; internal set; }

    public Dictionary<string, RecallReport> Recalls { get; } = new(StringComparer.Ordinal);
}
