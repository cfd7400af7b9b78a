namespace Settlement.StarterApi.Endpoints.Auth;

/// <summary>Signing in. Mapped only while local users are in use; an external issuer replaces both.</summary>
public static class AuthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/auth").WithTags("auth").AllowAnonymous();
        group.MapPost("/login", Login.HandleAsync).WithName("login").WithSummary("Sign in with a local user")
            .RequireRateLimiting(Hosting.RateLimits.Login);
        group.MapPost("/refresh", Refresh.HandleAsync).WithName("refresh").WithSummary("Exchange a refresh token for new tokens")
            .RequireRateLimiting(Hosting.RateLimits.Login);
    }
}

/// <summary>Tokens of a session, in the members of RFC 6749 section 5.1.</summary>
public sealed record TokenReply
{
    public required string AccessToken { get; init; }

    /// <summary>Always <c>Bearer</c>.</summary>
    public required string TokenType { get; init; }

    /// <summary>Life of the access token in seconds.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary>Good for one use.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>After this instant only a new login helps.</summary>
    public required DateTimeOffset RefreshExpiresAt { get; init; }
}
