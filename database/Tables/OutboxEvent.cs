using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
namespace Settlement.Database;

/// <summary>An event for readers and brokers; published in the order of its position. Table <c>outbox_events</c>.</summary>
[Table("outbox_events")]
[PrimaryKey(nameof(Sequence))]
public sealed class OutboxEvent
{
    public long Sequence { get; set; }

    public Guid EventId { get; set; }

    public Guid? SettlementId { get; set; }

    public string? EntityId { get; set; }

    public required string Type { get; set; }

    [Column(TypeName = "jsonb")]
    public required string Payload { get; set; }

    public DateTimeOffset AsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public long? Position { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }
}
