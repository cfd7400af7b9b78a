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
