namespace Settlement.StarterApi.Endpoints.Auth;

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
