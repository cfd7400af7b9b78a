namespace Settlement.Database.Api;

/// <summary>The answer to a refresh.</summary>
/// <param name="Successor">The next token, or null when refused.</param>
/// <param name="ReusedOf">The owner whose used token was shown again, or null.</param>
/// <param name="RevokedFamily">The family that was revoked for it, or null.</param>
public sealed record RefreshOutcome(RefreshToken? Successor, string? ReusedOf, Guid? RevokedFamily)
{
    /// <summary>Unknown, expired or revoked.</summary>
    public static RefreshOutcome Refused { get; } = new(null, null, null);
}
