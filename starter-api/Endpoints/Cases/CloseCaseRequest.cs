namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>Body of POST /api/v1/cases/{id}/close.</summary>
public sealed record CloseCaseRequest
{
    /// <summary>What was decided; ends up in case and audit.</summary>
    public required string Reason { get; init; }

    /// <summary>What the decision rests on.</summary>
    public required string Evidence { get; init; }

    /// <summary>A ticket for this case, issued to another person with the role APPROVER.</summary>
    public required string Ticket { get; init; }
}
