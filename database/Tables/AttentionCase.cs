using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Something that waits for a person: owner, age, reason, evidence, resolution. Table <c>cases</c>.</summary>
[Table("cases")]
[PrimaryKey(nameof(CaseId))]
public sealed class AttentionCase
{
    public Guid CaseId { get; set; }

    public Guid? SettlementId { get; set; }

    public AttentionReason Reason { get; set; }

    public CaseState State { get; set; }

    public string? Owner { get; set; }

    public long? AmountMinor { get; set; }

    public string? Currency { get; set; }

    [Column(TypeName = "jsonb")]
    public required string Evidence { get; set; }

    public DateTimeOffset OpenedAsOf { get; set; }

    public string? Resolution { get; set; }

    public string? ResolvedBy { get; set; }

    public string? ApprovedBy { get; set; }

    public DateTimeOffset? ResolvedAsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}

/// <summary>Whether a case still waits.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<CaseState>))]
public enum CaseState
{
    Open,
    Resolved,
}
