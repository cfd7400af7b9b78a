namespace Settlement.Database.Api;

/// <summary>What an approver grants: one use, for one settlement, one action and, for a resolution, one outcome.</summary>
/// <param name="SettlementId">The settlement.</param>
/// <param name="Action">One of <see cref="TicketAction"/>.</param>
/// <param name="Outcome">The outcome that the approver agreed to; needed for a resolution, else null.</param>
/// <param name="Approver">The signed-in approver.</param>
/// <param name="Reason">Why, in the approver's words.</param>
/// <param name="Life">How long the ticket may be used.</param>
public sealed record TicketGrant(Guid SettlementId, string Action, string? Outcome, string Approver, string Reason, TimeSpan Life)
{
    /// <summary>The case that it closes, for that action; else null.</summary>
    public Guid? CaseId { get; init; }
}
