using Settlement.Database.Api;

namespace Settlement.StarterApi.Endpoints.Auth;

/// <summary>POST /api/v1/auth/refresh. Roles and entity are read anew, so a change of the seed file takes effect here.</summary>
public static class Refresh
{
    public static async Task<Results<Ok<TokenReply>, ApiProblem>> HandleAsync(
        JsonBody<RefreshRequest> body,
        UserDirectory users,
        AccessTokenIssuer tokens,
        RefreshTokens refreshTokens,
        IOptions<AuthOptions> options,
        ILogger<RefreshRequest> log,
        CancellationToken cancel)
    {
        var outcome = await refreshTokens.RotateAsync(body.Value.RefreshToken, cancel);
        if (outcome is { ReusedOf: { } owner, RevokedFamily: { } family })
            log.RefreshTokenReused(owner, family);
        return outcome.Successor is { } successor && users.Find(successor.UserName) is { } user
            ? TypedResults.Ok(Login.Reply(tokens.Issue(user), successor, options.Value))
            : new ApiProblem(ProblemTypes.RefreshRefused);
    }
}

/// <summary>A refresh token; it is used up by this request.</summary>
public sealed record RefreshRequest
{
    public required string RefreshToken { get; init; }
}
