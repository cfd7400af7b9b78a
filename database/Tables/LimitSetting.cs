using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Limits of an entity and currency; * stands for any. Table <c>settlement_limits</c>.</summary>
[Table("settlement_limits")]
[PrimaryKey(nameof(EntityId), nameof(Currency))]
public sealed class LimitSetting
{
    public required string EntityId { get; set; }

    public required string Currency { get; set; }

    public long? MaxAmountMinor { get; set; }

    public long? ApprovalAboveMinor { get; set; }

    public int ApprovalBackdatedDays { get; set; }

    public int MaxBackdatedDays { get; set; }

    public int MaxForwardDays { get; set; }

    public required string ChangedBy { get; set; }

    public DateTimeOffset ChangedAsOf { get; set; }
}

/// <summary>A kill switch, optionally for one corridor or currency (name:scope). Table <c>switches</c>.</summary>
[Table("switches")]
[PrimaryKey(nameof(Name))]
public sealed class KillSwitch
{
    public required string Name { get; set; }

    public bool Stopped { get; set; }

    public required string Reason { get; set; }

    public required string ChangedBy { get; set; }

    public ActorSource ChangedSource { get; set; }

    public DateTimeOffset ChangedAsOf { get; set; }
}

/// <summary>One published version of the compliance list. Append-only. Table <c>screening_lists</c>.</summary>
[Table("screening_lists")]
[PrimaryKey(nameof(Version))]
public sealed class ScreeningListVersion
{
    public long Version { get; set; }

    public required string[] Names { get; set; }

    public required string[] Bics { get; set; }

    public required string[] Countries { get; set; }

    public required string Source { get; set; }

    public DateTimeOffset PublishedAsOf { get; set; }
}
