using Settlement.Domain;

namespace Settlement.Database;

/// <summary>An entry for the audit log. Values before and after are JSON and hold no secrets.</summary>
/// <param name="Target">What was acted on, for example <c>settlement:S2026…</c>, <c>request</c>, <c>switch:transfers</c>.</param>
/// <param name="Action">What was done, for example <c>create_refused</c>.</param>
/// <param name="Actor">By whom.</param>
/// <param name="Reason">Why.</param>
/// <param name="AsOf">Business time.</param>
public sealed record AuditRecord(string Target, string Action, Actor Actor, string Reason, DateTimeOffset AsOf)
{
    public Guid? SettlementId { get; init; }

    public string? EntityId { get; init; }

    public string? RequestId { get; init; }

    public string? BeforeJson { get; init; }

    public string? AfterJson { get; init; }
}
