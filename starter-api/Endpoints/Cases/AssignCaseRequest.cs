namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>Body of POST /api/v1/cases/{id}/assign.</summary>
public sealed record AssignCaseRequest
{
    /// <summary>User name of who takes care of it.</summary>
    public required string Owner { get; init; }

    /// <summary>Why; ends up in the audit log.</summary>
    public required string Reason { get; init; }
}
