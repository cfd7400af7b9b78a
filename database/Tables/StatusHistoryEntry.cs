using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>One state change: from, to, who, why, in which step. Append-only. Table <c>settlement_status_history</c>.</summary>
[Table("settlement_status_history")]
[PrimaryKey(nameof(HistoryId))]
public sealed class StatusHistoryEntry
{
    public long HistoryId { get; set; }

    public Guid SettlementId { get; set; }

    public int Attempt { get; set; }

    public SettlementStatus? FromStatus { get; set; }

    public SettlementStatus ToStatus { get; set; }

    public required string Actor { get; set; }

    public ActorSource ActorSource { get; set; }

    public required string Reason { get; set; }

    public required string Step { get; set; }

    public DateTimeOffset AsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
