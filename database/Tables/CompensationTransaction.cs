using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>A compensation, registered before its step ran, with its tries and outcome. Table <c>compensation_transactions</c>.</summary>
[Table("compensation_transactions")]
[PrimaryKey(nameof(CompensationId))]
public sealed class CompensationTransaction
{
    public Guid CompensationId { get; set; }

    public Guid SettlementId { get; set; }

    public int Attempt { get; set; }

    public CompensationAction Action { get; set; }

    public CompensationState State { get; set; }

    public int Tries { get; set; }

    public string? LastError { get; set; }

    [Column(TypeName = "jsonb")]
    public string? Evidence { get; set; }

    public DateTimeOffset RegisteredAsOf { get; set; }

    public DateTimeOffset? TriedAsOf { get; set; }

    public DateTimeOffset? CompletedAsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}

/// <summary>What undoes a step.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<CompensationAction>))]
public enum CompensationAction
{
    VoidLock,
    Recall,
    Return,
}

/// <summary>How far a compensation is.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<CompensationState>))]
public enum CompensationState
{
    Registered,
    Failing,
    Succeeded,
    NotNeeded,
}
