namespace Settlement.Database.Api;

/// <summary>One ticket, by the hash of its secret. Used once and otherwise fixed. Table <c>approval_tickets</c>.</summary>
public sealed class ApprovalTicketRow
{
    public required byte[] TicketHash { get; set; }

    public Guid SettlementId { get; set; }

    public required string Action { get; set; }

    public string? Outcome { get; set; }

    public Guid? CaseId { get; set; }

    public required string Approver { get; set; }

    public required string Reason { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? RedeemedAt { get; set; }

    public string? RedeemedRequestId { get; set; }

    public string? RedeemedBy { get; set; }
}
