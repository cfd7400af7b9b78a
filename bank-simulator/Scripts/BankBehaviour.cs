using System.ComponentModel.DataAnnotations;

namespace Settlement.BankSimulator.Scripts;

/// <summary>How the bank treats one payment. Everything has a plain default: settle, answer truthfully, confirm once.</summary>
public sealed record BankBehaviour
{
    public ScriptedOutcome Outcome { get; init; } = ScriptedOutcome.Settle;

    /// <summary>ISO 20022 reason of a rejection.</summary>
    [RegularExpression("^[A-Z0-9]{4}$")]
    public string? ReasonCode { get; init; }

    /// <summary>
    /// Null: decided in the answer, which says ACSC or RJCT. Otherwise the answer says ACSP and the decision falls so many
    /// milliseconds later (0: at once) and is pushed.
    /// </summary>
    [Range(0, 3_600_000)]
    public int? DecideAfterMs { get; init; }

    public ScriptedAnswer Answer { get; init; } = ScriptedAnswer.Normal;

    /// <summary>How many calls get the scripted <see cref="Answer"/>; later ones are answered normally. Null: all.</summary>
    [Range(0, 1_000_000)]
    public int? AnswerTimes { get; init; }

    /// <summary>Milliseconds before the payment is looked at.</summary>
    [Range(0, 600_000)]
    public int LatencyMs { get; init; }

    /// <summary>Random addition to the latency in milliseconds, from 0 to this, drawn from <see cref="Seed"/> and the UETR.</summary>
    [Range(0, 600_000)]
    public int LatencyJitterMs { get; init; }

    public int Seed { get; init; }

    /// <summary>False: the instruction is swallowed before the books know of it, and the caller gets no answer.</summary>
    public bool Record { get; init; } = true;

    /// <summary>So many first calls with one UETR get 503 and leave nothing in the books.</summary>
    [Range(0, 1_000_000)]
    public int RefuseFirst { get; init; }

    public ScriptedEnquiry Enquiry { get; init; } = ScriptedEnquiry.Truthful;

    /// <summary>How many enquiries get the scripted <see cref="Enquiry"/>; later ones get the truth. Null: all.</summary>
    [Range(0, 1_000_000)]
    public int? EnquiryTimes { get; init; }

    public ScriptedRecall Recall { get; init; } = ScriptedRecall.ByBooks;

    /// <summary>How many recalls get the scripted <see cref="Recall"/>; later ones are answered by the books. Null: all.</summary>
    [Range(0, 1_000_000)]
    public int? RecallTimes { get; init; }

    /// <summary>Null: one message if the decision falls after the answer, none if it was in the answer.</summary>
    public ConfirmationScript? Confirmation { get; init; }

    public CrashPoint Crash { get; init; } = CrashPoint.None;
}
