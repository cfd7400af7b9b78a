namespace Settlement.StarterApi.Endpoints.Auth;

/// <summary>Name and password of a local user.</summary>
public sealed record LoginRequest
{
    public required string Username { get; init; }
    public required string Password { get; init; }
}
