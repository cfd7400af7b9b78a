using System.Text.Json;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>A case as people see it: whose, since when, why, on what evidence, and how it ended.</summary>
public sealed record CaseReply
{
    public required Guid CaseId { get; init; }
    public required Guid SettlementId { get; init; }
    public required string Reference { get; init; }
    public required string EntityId { get; init; }
    public required string Reason { get; init; }

    /// <summary><c>open</c> or <c>resolved</c>.</summary>
    public required string State { get; init; }

    public string? Owner { get; init; }

    /// <summary>An amount that stands in suspense for it.</summary>
    public string? Amount { get; init; }

    public string? Currency { get; init; }
    public required JsonElement Evidence { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Whole hours since it was opened, or until it was closed.</summary>
    public required long AgeHours { get; init; }

    public string? Resolution { get; init; }
    public string? ResolvedBy { get; init; }

    /// <summary>The second person.</summary>
    public string? ApprovedBy { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public static CaseReply Of(CaseOfSettlement row, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        var one = row.Case;
        return new CaseReply
        {
            CaseId = one.CaseId,
            SettlementId = one.SettlementId!.Value,
            Reference = row.Reference,
            EntityId = row.EntityId,
            Reason = UpperSnake.Lower(one.Reason),
            State = UpperSnake.Lower(one.State),
            Owner = one.Owner,
            Amount = one is { AmountMinor: { } minor, Currency: { } currency } ? MoneyText.Of(minor, currency) : null,
            Currency = one.Currency,
            Evidence = JsonSerializer.Deserialize<JsonElement>(one.Evidence),
            OpenedAt = one.OpenedAsOf,
            AgeHours = (long)((one.ResolvedAsOf ?? now) - one.OpenedAsOf).TotalHours,
            Resolution = one.Resolution,
            ResolvedBy = one.ResolvedBy,
            ApprovedBy = one.ApprovedBy,
            ResolvedAt = one.ResolvedAsOf,
        };
    }
}
