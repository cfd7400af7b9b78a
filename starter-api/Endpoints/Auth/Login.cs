using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Settlement.Database.Api;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Logging;
using Settlement.StarterApi.Options;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

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
        ArgumentNullException.ThrowIfNull(body);
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
