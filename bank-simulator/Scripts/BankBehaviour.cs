using System.ComponentModel.DataAnnotations;

namespace Settlement.BankSimulator;

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

/// <summary>What the bank does with a payment.</summary>
public enum ScriptedOutcome
{
    /// <summary>Executes it, if the accounts allow.</summary>
    Settle,

    /// <summary>Rejects it; no money moves.</summary>
    Reject,

    /// <summary>Accepts it and decides nothing until a recall or POST /payments/{uetr}/decide.</summary>
    Hold,
}

/// <summary>What the caller of POST /payments sees, whatever the bank did.</summary>
public enum ScriptedAnswer
{
    /// <summary>The truth.</summary>
    Normal,

    /// <summary>Nothing: the connection stays open until the caller gives up.</summary>
    Silence,

    /// <summary>The connection is cut.</summary>
    Disconnect,

    /// <summary>HTTP 500.</summary>
    Error,

    /// <summary>HTTP 200 with bytes that are no JSON.</summary>
    Garbage,

    /// <summary>HTTP 200 with more bytes than any caller should read.</summary>
    Oversized,
}

/// <summary>What GET /payments/{uetr} says.</summary>
public enum ScriptedEnquiry
{
    Truthful,

    /// <summary>404, as if the bank had never had the payment.</summary>
    Unknown,

    /// <summary>HTTP 503.</summary>
    Unavailable,

    /// <summary>No answer until the caller gives up.</summary>
    Silence,

    /// <summary>ACSC although no money moved, or whatever happened.</summary>
    ClaimSettled,

    /// <summary>RJCT although money may have moved.</summary>
    ClaimRejected,
}

/// <summary>How the bank answers a recall.</summary>
public enum ScriptedRecall
{
    /// <summary>Cancels what is not executed; refuses what is, with ARDT.</summary>
    ByBooks,

    /// <summary>Cancels what is not executed; gives back what is.</summary>
    Accept,

    /// <summary>Refuses with CUST, executed or not.</summary>
    Refuse,

    /// <summary>Refuses with ARDT and executes a held payment first: the race that the recall loses.</summary>
    TooLate,

    /// <summary>Answers PDCR and decides nothing.</summary>
    Pending,

    /// <summary>HTTP 503.</summary>
    Unavailable,
}

/// <summary>What is pushed to the webhook after a decision.</summary>
public sealed record ConfirmationScript
{
    /// <summary>How often each message is sent on purpose, besides retries; 0 sends none.</summary>
    [Range(0, 20)]
    public int Copies { get; init; } = 1;

    /// <summary>Milliseconds between decision and first copy: a late confirmation.</summary>
    [Range(0, 3_600_000)]
    public int DelayMs { get; init; }

    /// <summary>Milliseconds between copies.</summary>
    [Range(0, 3_600_000)]
    public int CopyGapMs { get; init; } = 100;

    /// <summary>True: an acceptance (ACSP) is sent too, before the decision's message.</summary>
    public bool Acceptance { get; init; }

    /// <summary>True: the acceptance is sent after the decision's message: out of order.</summary>
    public bool Reversed { get; init; }

    /// <summary>True: a camt.054 booking follows the pacs.002 of an executed payment.</summary>
    public bool Booking { get; init; }
}
