using System.ComponentModel.DataAnnotations.Schema;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Settlement.Database.Api;

/// <summary>
/// Rotating refresh tokens. Each use replaces the token; a token that is shown twice has been stolen by one of the two, so its whole
/// family is revoked (RFC 9700 section 4.14.2). Only SHA-256 hashes are stored.
/// </summary>
public sealed class RefreshTokens(NpgsqlDataSource database)
{
    private const int SecretBytes = 32;
    private const int MaxTokenLength = 128;

    /// <summary>Opens a family at login. Old rows of the user go, so that the table stays as small as the number of sessions.</summary>
    public async Task<RefreshToken> OpenFamilyAsync(string userName, TimeSpan life, CancellationToken cancel)
    {
        var (token, hash) = NewSecret();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("DELETE FROM settlement.api_refresh_tokens WHERE user_name = $1 AND expires_at < clock_timestamp()")
        {
            Parameters = { new() { Value = userName } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            INSERT INTO settlement.api_refresh_tokens (token_hash, family, user_name, expires_at)
            VALUES ($1, $2, $3, clock_timestamp() + $4) RETURNING expires_at
            """)
        {
            Parameters = { new() { Value = hash }, new() { Value = Guid.CreateVersion7() }, new() { Value = userName }, new() { Value = life } },
        });
        var expires = (DateTime)(await batch.ExecuteScalarAsync(cancel))!;
        return new RefreshToken(token, userName, new DateTimeOffset(expires, TimeSpan.Zero));
    }

    /// <summary>Replaces a token by its successor, which lives as long as the family was given at login.</summary>
    public async Task<RefreshOutcome> RotateAsync(string token, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length is 0 or > MaxTokenLength)
            return RefreshOutcome.Refused;
        var (successor, successorHash) = NewSecret();
        const string Sql = """
            WITH used AS (
                UPDATE settlement.api_refresh_tokens SET used_at = clock_timestamp()
                WHERE token_hash = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > clock_timestamp()
                RETURNING family, user_name, expires_at)
            INSERT INTO settlement.api_refresh_tokens (token_hash, family, user_name, expires_at)
            SELECT $2, family, user_name, expires_at FROM used
            RETURNING user_name, expires_at
            """;
        await using (var command = database.CreateCommand(Sql))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = Hash(token) });
            command.Parameters.Add(new NpgsqlParameter { Value = successorHash });
            await using var row = await command.ExecuteReaderAsync(cancel);
            if (await row.ReadAsync(cancel))
            {
                var expires = new DateTimeOffset(row.GetDateTime(1), TimeSpan.Zero);
                return new RefreshOutcome(new RefreshToken(successor, row.GetString(0), expires), null, null);
            }
        }

        return await RevokeIfReusedAsync(token, cancel);
    }

    private async Task<RefreshOutcome> RevokeIfReusedAsync(string token, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE settlement.api_refresh_tokens t SET revoked_at = coalesce(t.revoked_at, clock_timestamp())
            FROM settlement.api_refresh_tokens shown
            WHERE shown.token_hash = $1 AND shown.used_at IS NOT NULL AND t.family = shown.family
            RETURNING t.user_name, t.family
            """;
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = Hash(token) });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new RefreshOutcome(null, row.GetString(0), row.GetGuid(1)) : RefreshOutcome.Refused;
    }

    private static (string Token, byte[] Hash) NewSecret()
    {
        var token = "rt_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        return (token, Hash(token));
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>One refresh token, by the hash of its secret. Table <c>api_refresh_tokens</c>.</summary>
[Table("api_refresh_tokens")]
[PrimaryKey(nameof(TokenHash))]
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

/// <summary>A refresh token as its owner gets it, once.</summary>
/// <param name="Token">The secret text.</param>
/// <param name="UserName">Its owner.</param>
/// <param name="ExpiresAt">End of the family.</param>
public sealed record RefreshToken(string Token, string UserName, DateTimeOffset ExpiresAt);

/// <summary>The answer to a refresh.</summary>
/// <param name="Successor">The next token, or null when refused.</param>
/// <param name="ReusedOf">The owner whose used token was shown again, or null.</param>
/// <param name="RevokedFamily">The family that was revoked for it, or null.</param>
public sealed record RefreshOutcome(RefreshToken? Successor, string? ReusedOf, Guid? RevokedFamily)
{
    /// <summary>Unknown, expired or revoked.</summary>
    public static RefreshOutcome Refused { get; } = new(null, null, null);
}
