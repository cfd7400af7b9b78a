using System.Text.Json.Serialization;
using Settlement.Domain;
using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>The bank: what it is told, asked, and what it says unasked.</summary>
public interface IBankActivities
{
    /// <summary>
    /// Step 3, the point of no return: records the instruction with its UETR, freezes the lock and commits, then calls the
    /// bank. A repeat after a crash asks the bank about the UETR first.
    /// </summary>
    [Activity("Transfer")]
    Task<BankAnswer> TransferAsync(TransferInput input);

    /// <summary>Asks the bank what became of an instruction (pacs.028). Moves no money and changes no state.</summary>
    [Activity("EnquireBank")]
    Task<BankAnswer> EnquireAsync(EnquiryInput input);

    /// <summary>
    /// Compensation of the transfer: asks the bank to recall the instruction (camt.056). The answer is recorded in
    /// <c>compensation_transactions</c>. Throws, to be repeated, while the bank gives none.
    /// </summary>
    [Activity("RecallPayment")]
    Task<RecallAnswer> RecallAsync(RecallInput input);

    /// <summary>Step 3 of a return: records it, then asks the bank to give the money back (camt.056). Asked again, it asks the bank the same.</summary>
    [Activity("RequestReturn")]
    Task<BankAnswer> RequestReturnAsync(ReturnInput input);

    /// <summary>
    /// Takes in a bank's message that the process cannot use: about an earlier instruction, contradicting what is proven, or
    /// with another amount. A confirmation after release opens a case and posts the amount to suspense; nothing is dropped.
    /// </summary>
    [Activity("AbsorbBankMessage")]
    Task AbsorbAsync(AbsorbInput input);
}

/// <summary>One instruction of one attempt.</summary>
public sealed record TransferInput : StepInput
{
    /// <summary>UUIDv4 in lower case, made by the workflow, constant over all repeats.</summary>
    public required string Uetr { get; init; }

    /// <summary>Which bank carries it.</summary>
    public required string Bank { get; init; }

    /// <summary>Limit of one call to the bank.</summary>
    public required double BankCallTimeoutSeconds { get; init; }

    /// <summary>How often a bank that cannot be connected to is tried before it counts as unavailable; at least 1.</summary>
    public int ConnectAttempts { get; init; } = 3;
}

/// <summary>A question to a bank about one instruction.</summary>
public sealed record EnquiryInput
{
    public required Guid SettlementId { get; init; }
    public required string Bank { get; init; }
    public required string Uetr { get; init; }

    /// <summary>The instructed amount in minor units of <see cref="Currency"/>.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    public required double BankCallTimeoutSeconds { get; init; }
}

/// <summary>A recall of one instruction.</summary>
public sealed record RecallInput : StepInput
{
    public required string Bank { get; init; }
    public required string Uetr { get; init; }

    /// <summary>Who wants it back.</summary>
    public required Actor Actor { get; init; }

    public required string Reason { get; init; }
    /// <summary>Which try it is, from 0: failures are counted once each.</summary>
    public required int Try { get; init; }

    public required double BankCallTimeoutSeconds { get; init; }
}

/// <summary>A return of one attempt.</summary>
public sealed record ReturnInput : StepInput
{
    public required string Bank { get; init; }

    public required ReturnOf Return { get; init; }

    public required double BankCallTimeoutSeconds { get; init; }
}

/// <summary>A message that did not fit, and what is to be made of it.</summary>
public sealed record AbsorbInput : StepInput
{
    public required BankMessage Message { get; init; }

    /// <summary>LATE_CONFIRMATION posts to suspense; MESSAGE_MISMATCH only opens a case.</summary>
    public required AttentionReason Reason { get; init; }

    public required string Detail { get; init; }
}

/// <summary>What the bank said about an instruction, or that it said nothing.</summary>
public sealed record BankAnswer
{
    public required BankOutcome Outcome { get; init; }

    /// <summary>ISO 20022 reason code of a refusal.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Whether a new instruction may be sent by itself later (a refusal such as AM04, a bank that was down).</summary>
    public bool Retryable { get; init; }

    /// <summary>The bank's own reference of the booking.</summary>
    public string? BankReference { get; init; }

    /// <summary>Booked amount in minor units, where the bank says one.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>
    /// UETR under which the attempt's instruction was recorded, if that is another than was asked for: a workflow that was reset makes a new
    /// one, but the attempt keeps its first.
    /// </summary>
    public string? RecordedUetr { get; init; }

    /// <summary>In words, without personal data.</summary>
    public string? Detail { get; init; }
}

/// <summary>What is known of an instruction.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<BankOutcome>))]
public enum BankOutcome
{
    /// <summary>Nobody can say whether the bank has it or has executed it.</summary>
    Unknown,
    /// <summary>The bank has it and will answer later.</summary>
    Accepted,
    /// <summary>Executed.</summary>
    Settled,
    /// <summary>Refused; no money moved.</summary>
    Rejected,
    /// <summary>Proven: no byte of it ever reached the bank.</summary>
    NotSent,
    /// <summary>The bank does not know it at this moment, which proves nothing about later.</summary>
    NotFound,
    /// <summary>A recall was granted; no money moved, and none will.</summary>
    Recalled,
    /// <summary>A person established, with evidence and a second person's ticket, that no money moved and none will.</summary>
    NotExecuted,
    /// <summary>A kill switch holds it back: nothing was recorded and nothing sent. Not an end: it is tried again.</summary>
    Held,
}

/// <summary>Outcome of a recall.</summary>
public sealed record RecallAnswer
{
    public required RecallOutcome Outcome { get; init; }

    /// <summary>ISO 20022 reason code of a refusal.</summary>
    public string? ReasonCode { get; init; }

    public string? Detail { get; init; }
}

/// <summary>The bank's answer to a recall (camt.029).</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<RecallOutcome>))]
public enum RecallOutcome
{
    /// <summary>Granted: no money moved, and none will.</summary>
    Recalled,
    /// <summary>Refused or too late: the instruction goes on, or is executed already.</summary>
    Refused,
    /// <summary>The bank will answer later.</summary>
    Pending,
}
