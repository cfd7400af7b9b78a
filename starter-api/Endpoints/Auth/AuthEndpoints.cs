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
