namespace Settlement.StarterApi.Endpoints.Auth;

/// <summary>A refresh token; it is used up by this request.</summary>
public sealed record RefreshRequest
{
    public required string RefreshToken { get; init; }
}
