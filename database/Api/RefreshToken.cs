namespace Settlement.Database.Api;

/// <summary>A refresh token as its owner gets it, once.</summary>
/// <param name="Token">The secret text.</param>
/// <param name="UserName">Its owner.</param>
/// <param name="ExpiresAt">End of the family.</param>
public sealed record RefreshToken(string Token, string UserName, DateTimeOffset ExpiresAt);
