using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>What was, or is about to be, sent to a bank; recorded before the bank is called. Table <c>bank_instructions</c>.</summary>
[Table("bank_instructions")]
[PrimaryKey(nameof(InstructionId))]
public sealed class BankInstruction
{
    public Guid InstructionId { get; set; }

    public Guid SettlementId { get; set; }

    public int Attempt { get; set; }

    public InstructionKind Kind { get; set; }

    public Guid? Uetr { get; set; }

    public Guid? OriginalUetr { get; set; }

    public required string BankId { get; set; }

    public required string Currency { get; set; }

    public long AmountMinor { get; set; }

    public InstructionState State { get; set; }

    public string? BankReference { get; set; }

    public string? BankReason { get; set; }

    public DateTimeOffset RecordedAsOf { get; set; }

    public DateTimeOffset? AnsweredAsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}

/// <summary>pacs.008 payment, camt.056 recall, pacs.004 return.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<InstructionKind>))]
public enum InstructionKind
{
    Payment,
    Recall,
    Return,
}

/// <summary>What is known of an instruction at the bank.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<InstructionState>))]
public enum InstructionState
{
    Recorded,
    Accepted,
    Confirmed,
    Rejected,
    Unknown,
    Recalled,
    Refused,
}
