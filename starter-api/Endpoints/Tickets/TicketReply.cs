namespace Settlement.StarterApi.Endpoints.Tickets;

/// <summary>A ticket, shown once.</summary>
public sealed record TicketReply
{
    public required string Ticket { get; init; }
    public required Guid SettlementId { get; init; }

    /// <summary>The case that it closes; absent for other actions.</summary>
    public Guid? CaseId { get; init; }

    public required string Action { get; init; }
    public string? Outcome { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
