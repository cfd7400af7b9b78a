using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>A message from a bank, once per bank, message id and UETR. Table <c>bank_messages</c>.</summary>
[Table("bank_messages")]
[PrimaryKey(nameof(BankId), nameof(MessageId), nameof(Uetr))]
public sealed class BankMessage
{
    public required string BankId { get; set; }

    public required string MessageId { get; set; }

    public Guid Uetr { get; set; }

    public required string Type { get; set; }

    public required string Status { get; set; }

    public string? Currency { get; set; }

    public long? AmountMinor { get; set; }

    public Guid? SettlementId { get; set; }

    public MessageDisposition Disposition { get; set; }

    public int Repeats { get; set; }

    [Column(TypeName = "jsonb")]
    public required string Payload { get; set; }

    public DateTimeOffset ReceivedAsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}

/// <summary>What became of a bank message.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<MessageDisposition>))]
public enum MessageDisposition
{
    Received,
    Applied,
    Redundant,
    Late,
    Mismatch,
    Unmatched,
}
