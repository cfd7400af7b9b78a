namespace Settlement.Database.Api;

/// <summary>One refresh token, by the hash of its secret. Table <c>api_refresh_tokens</c>.</summary>
public sealed class RefreshTokenRow
{
    public required byte[] TokenHash { get; set; }

    public Guid Family { get; set; }

    public required string UserName { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
