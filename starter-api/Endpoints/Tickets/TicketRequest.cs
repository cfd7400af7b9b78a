namespace Settlement.StarterApi.Endpoints.Tickets;

/// <summary>Body of POST /settlements/{id}/tickets.</summary>
public sealed record TicketRequest
{
    /// <summary><c>approve</c>, <c>reject</c> or <c>resolve</c>.</summary>
    public required string Action { get; init; }

    /// <summary>For <c>resolve</c>: the outcome that is agreed to, <c>confirmed</c> or <c>not_executed</c>. The ticket serves no other.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why; ends up in the audit log.</summary>
    public required string Reason { get; init; }
}
