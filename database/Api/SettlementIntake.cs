using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Settlement.Database.Api;

/// <summary>
/// Stores a new settlement and its Idempotency-Key in one transaction. The answer is known before the commit and stored with it, so a
/// key is never "used but unanswered": either both exist or neither, and a repeat gets the first answer byte for byte, for ever. Of
/// two equal requests at once the database lets one in; the other waits on the key's unique index and then reads the first's answer.
/// </summary>
public sealed class SettlementIntake(NpgsqlDataSource database)
{
    private const string ClaimSql = """
        INSERT INTO settlement.api_idempotency_keys (entity_id, idempotency_key, request_hash, settlement_id, response, created_by)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (entity_id, idempotency_key) DO NOTHING
        """;

    private const string StoredSql = """
        SELECT request_hash, response FROM settlement.api_idempotency_keys WHERE entity_id = $1 AND idempotency_key = $2
        """;

    /// <summary>What was answered to this key, or null if it was never used: a cheap look before anything else is checked.</summary>
    /// <remarks>
    /// A repeat must get its answer even when the account it names has been closed or its calendar has run out since.
    /// </remarks>
    public async Task<IntakeResult?> FindAsync(string entityId, string key, byte[] requestHash, CancellationToken cancel = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await StoredAsync(connection, entityId, key, requestHash, cancel);
    }

    /// <summary>Stores, or gives the stored answer.</summary>
    /// <exception cref="Domain.SettlementException">As of <see cref="SettlementCreator"/>; nothing is stored.</exception>
    public async Task<IntakeResult> StoreAsync(IntakeRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var connection = await database.OpenConnectionAsync(cancel);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            if (await ClaimAsync(connection, request, cancel))
            {
                await SettlementCreator.InsertAsync(connection, request.Terms, cancel);
                await transaction.CommitAsync(cancel);
                return new IntakeResult(IntakeOutcome.Created, request.ResponseJson);
            }
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return new IntakeResult(IntakeOutcome.InProgress);
        }

        // Whoever held the key has committed: keys are never deleted, so it is there.
        return await StoredAsync(connection, request.Terms.EntityId, request.Key, request.RequestHash, cancel)
            ?? throw new InvalidOperationException("An idempotency key that was taken cannot be found.");
    }

    private static async Task<bool> ClaimAsync(NpgsqlConnection connection, IntakeRequest request, CancellationToken cancel)
    {
        var wait = ((int)request.MaxWait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Sql.Command("SELECT set_config('lock_timeout', $1, true)", wait),
                Sql.Command(ClaimSql, request.Terms.EntityId, request.Key, request.RequestHash, request.Terms.SettlementId,
                    Sql.Json(request.ResponseJson), request.Terms.CreatedBy.Name),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.CloseAsync();
        return batch.BatchCommands[1].RecordsAffected == 1;
    }

    private static async Task<IntakeResult?> StoredAsync(
        NpgsqlConnection connection, string entityId, string key, byte[] requestHash, CancellationToken cancel)
    {
        var rows = await Sql.ListAsync(connection, Sql.Command(StoredSql, entityId, key), row => (row.GetFieldValue<byte[]>(0), row.GetString(1)), cancel);
        return rows switch
        {
            [] => null,
            [var (hash, response)] when CryptographicOperations.FixedTimeEquals(hash, requestHash) => new IntakeResult(IntakeOutcome.Repeated, response),
            _ => new IntakeResult(IntakeOutcome.OtherBody),
        };
    }
}

/// <summary>A settlement to be created under an Idempotency-Key.</summary>
/// <param name="Key">The key, 8 to 64 of <c>A-Z a-z 0-9 . _ : -</c>; it is the entity's own.</param>
/// <param name="RequestHash">SHA-256 of the request's meaning, 32 bytes.</param>
/// <param name="Terms">The settlement.</param>
/// <param name="ResponseJson">What is answered now, and again to every repeat.</param>
/// <param name="MaxWait">How long to wait for an equal request that is being stored at this moment.</param>
public sealed record IntakeRequest(string Key, byte[] RequestHash, NewSettlement Terms, string ResponseJson, TimeSpan MaxWait);

/// <summary>The answer of <see cref="SettlementIntake"/>.</summary>
/// <param name="Outcome">Which of the four.</param>
/// <param name="ResponseJson">The stored answer, when created or repeated.</param>
public sealed record IntakeResult(IntakeOutcome Outcome, string? ResponseJson = null);

/// <summary>What became of an <see cref="IntakeRequest"/>.</summary>
public enum IntakeOutcome
{
    /// <summary>Key and settlement are stored.</summary>
    Created,

    /// <summary>The key was used with this body before; the stored answer is given again.</summary>
    Repeated,

    /// <summary>The key was used with another body.</summary>
    OtherBody,

    /// <summary>An equal request is being stored and has not ended within the wait.</summary>
    InProgress,
}

/// <summary>What was answered to one Idempotency-Key, for ever. Append-only. Table <c>api_idempotency_keys</c>.</summary>
[Table("api_idempotency_keys")]
[PrimaryKey(nameof(EntityId), nameof(IdempotencyKey))]
public sealed class IdempotencyKeyRow
{
    public required string EntityId { get; set; }

    public required string IdempotencyKey { get; set; }

    public required byte[] RequestHash { get; set; }

    public Guid SettlementId { get; set; }

    [Column(TypeName = "json")]
    public required string Response { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
