using Settlement.Domain;
using Settlement.Workflows.Contracts;

namespace Settlement.Workflows.Settlement;

/// <summary>One instruction to the bank, and what is proven about it. Every attempt that reaches the bank has its own.</summary>
internal sealed class Instruction(string uetr, int attempt)
{
    public string Uetr { get; } = uetr;

    public int Attempt { get; } = attempt;

    /// <summary>What is proven; null while the outcome is open. Set once.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>The bank has said that it has it.</summary>
    public bool Accepted { get; set; }

    /// <summary>How far a recall has come.</summary>
    public RecallState Recall { get; set; }

    /// <summary>The first proof wins; false if there was one already.</summary>
    public bool Decide(Verdict verdict)
    {
        if (Verdict is not null)
            return false;
        Verdict = verdict;
        return true;
    }

    /// <summary>For the next run of the workflow.</summary>
    public CarriedInstruction ToCarried() => new(Uetr, Attempt, Accepted, Recall.ToString(), Verdict?.ToCarried());

    /// <summary>From the run before.</summary>
    public static Instruction From(CarriedInstruction carried) => new(carried.Uetr, carried.Attempt)
    {
        Accepted = carried.Accepted,
        Recall = Enum.Parse<RecallState>(carried.Recall),
        Verdict = carried.Verdict is { } verdict ? Workflows.Settlement.Verdict.From(verdict) : null,
    };
}

/// <summary>A proof: the money has moved (SETTLED), or it provably has not and will not.</summary>
/// <param name="Outcome">SETTLED, REJECTED, NOT_SENT, RECALLED or NOT_EXECUTED.</param>
/// <param name="Source"><c>answer</c>, <c>message</c>, <c>enquiry</c>, <c>recall</c> or <c>resolution</c>.</param>
internal sealed record Verdict(BankOutcome Outcome, string Source)
{
    public string? ReasonCode { get; init; }
    public bool Retryable { get; init; }
    public string? BankReference { get; init; }
    public string? MessageId { get; init; }

    /// <summary>Who resolved it; null if the bank did.</summary>
    public Actor? Actor { get; init; }

    /// <summary>The second person of a resolution.</summary>
    public string? Approver { get; init; }

    /// <summary>Evidence of a resolution, or the bank's words.</summary>
    public string? Evidence { get; init; }

    public bool Moved => Outcome == BankOutcome.Settled;

    /// <summary>Why no money moved, in words.</summary>
    public string Describe() => Outcome switch
    {
        BankOutcome.Rejected => $"the bank rejected it{(ReasonCode is null ? "" : $" ({ReasonCode})")}",
        BankOutcome.NotSent => "the bank could not be reached; nothing was sent",
        BankOutcome.Recalled => "the bank granted the recall",
        BankOutcome.NotExecuted => $"resolved by {Actor?.Name}: not executed",
        BankOutcome.Settled => "the bank has executed it",
        _ => "the outcome is not known",
    };

    /// <summary>For the next run of the workflow.</summary>
    public CarriedVerdict ToCarried() => new(Outcome, Source)
    {
        ReasonCode = ReasonCode, Retryable = Retryable, BankReference = BankReference, MessageId = MessageId, Actor = Actor, Approver = Approver, Evidence = Evidence,
    };

    /// <summary>From the run before.</summary>
    public static Verdict From(CarriedVerdict carried) => new(carried.Outcome, carried.Source)
    {
        ReasonCode = carried.ReasonCode,
        Retryable = carried.Retryable,
        BankReference = carried.BankReference,
        MessageId = carried.MessageId,
        Actor = carried.Actor,
        Approver = carried.Approver,
        Evidence = carried.Evidence,
    };
}

/// <summary>How far the recall of an instruction has come.</summary>
internal enum RecallState
{
    /// <summary>Nobody asked for it yet.</summary>
    None,
    /// <summary>The bank has it and will answer.</summary>
    Pending,
    /// <summary>The bank refused: the instruction goes on.</summary>
    Refused,
}
