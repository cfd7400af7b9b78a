using Settlement.Database.Api;

namespace Settlement.StarterApi.Endpoints.Auth;

/// <summary>POST /api/v1/auth/login.</summary>
public static class Login
{
    // Longer ones are refused before they cost a hash.
    private const int MaxPasswordLength = 256;

    public static async Task<Results<Ok<TokenReply>, ApiProblem>> HandleAsync(
        JsonBody<LoginRequest> body,
        UserDirectory users,
        LoginThrottle throttle,
        AccessTokenIssuer tokens,
        RefreshTokens refreshTokens,
        IOptions<AuthOptions> options,
        ILogger<LoginRequest> log,
        CancellationToken cancel)
    {
        if ((body.Value.Username is null) == (body.Value.Email is null))
            return new ApiProblem(ProblemTypes.MalformedBody, "Exactly one of username and email is needed.", [new FieldError("/username", "is required")]);
        var (name, password) = (body.Value.Username ?? body.Value.Email!, body.Value.Password);
        if (!throttle.TryEnter(name, out var wait))
            return new ApiProblem(ProblemTypes.TooManyRequests, "Too many logins of this user.", retryAfter: wait);
        var user = password.Length <= MaxPasswordLength ? users.Authenticate(name, password) : null;
        if (user is null)
        {
            log.LoginRefused(LoginThrottle.Loggable(name));
            return new ApiProblem(ProblemTypes.LoginRefused);
        }

        var refresh = await refreshTokens.OpenFamilyAsync(user.UserName, TimeSpan.FromSeconds(options.Value.RefreshTokenSeconds), cancel);
        log.LoggedIn(user.UserName);
        return TypedResults.Ok(Reply(tokens.Issue(user), refresh, options.Value));
    }

    internal static TokenReply Reply(string accessToken, RefreshToken refresh, AuthOptions options) => new()
    {
        AccessToken = accessToken,
        TokenType = "Bearer",
        ExpiresIn = options.AccessTokenSeconds,
        RefreshToken = refresh.Token,
        RefreshExpiresAt = refresh.ExpiresAt,
    };
}

/// <summary>Name and password of a local user. The name may come as <c>email</c>, as one of the source documents sends it.</summary>
public sealed record LoginRequest
{
    public string? Username { get; init; }

    /// <summary>Another word for <c>username</c>; exactly one of the two is given.</summary>
    public string? Email { get; init; }

    public required string Password { get; init; }
}
