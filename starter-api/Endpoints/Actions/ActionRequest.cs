namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>Body of an operator's action.</summary>
public sealed record ActionRequest
{
    /// <summary>Why; ends up in history and audit.</summary>
    public required string Reason { get; init; }
}
