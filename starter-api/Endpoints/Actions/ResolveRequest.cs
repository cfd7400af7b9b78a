namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>Body of POST /settlements/{id}/resolve.</summary>
public sealed record ResolveRequest
{
    /// <summary>Why; ends up in history and audit.</summary>
    public required string Reason { get; init; }

    /// <summary><c>confirmed</c>: the bank has moved the money. <c>not_executed</c>: it has not and will not.</summary>
    public required string Outcome { get; init; }

    /// <summary>What the decision rests on.</summary>
    public required string Evidence { get; init; }

    /// <summary>A ticket for this outcome, issued to another person with the role APPROVER.</summary>
    public required string Ticket { get; init; }
}
