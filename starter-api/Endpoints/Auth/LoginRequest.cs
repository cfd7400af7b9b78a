namespace Settlement.StarterApi.Endpoints.Auth;

/// <summary>Name and password of a local user. The name may come as <c>email</c>, as one of the source documents sends it.</summary>
public sealed record LoginRequest
{
    public string? Username { get; init; }

    /// <summary>Another word for <see cref="Username"/>; exactly one of the two is given.</summary>
    public string? Email { get; init; }

    public required string Password { get; init; }
}
