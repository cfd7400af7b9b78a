using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// Runs operators' actions once per operator and request id, each in one transaction with its answer. The API, the command line and a technical
/// repeat of an activity meet here, which is what makes their effect equal.
/// </summary>
public sealed class RecordedActions(NpgsqlDataSource dataSource)
{
    private const string StoredSql = "SELECT action, input_hash, reply FROM settlement.operator_actions WHERE operator = $1 AND request_id = $2";

    /// <summary>Runs the action, or gives the stored answer of its first run.</summary>
    /// <param name="recorded">Which.</param>
    /// <param name="body">Writes in the transaction of the connection, and answers. It may throw: then nothing is written.</param>
    /// <param name="cancellationToken">Rolls back if it comes before the commit.</param>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.IdempotencyConflict"/>: the request id was used for another action.</exception>
    public async Task<T> RunAsync<T>(RecordedAction recorded, Func<NpgsqlConnection, CancellationToken, Task<T>> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(body);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Of two equal actions at once the second waits here, and then finds the first's answer.
        await Sql.ExecuteAsync(connection, Sql.Command("SELECT pg_advisory_xact_lock(hashtextextended($1, 11))", $"{recorded.Actor.Name}/{recorded.RequestId}"), cancellationToken);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(recorded.InputJson));
        if (await StoredAsync(connection, recorded, hash, cancellationToken) is { } stored)
            return JsonSerializer.Deserialize<T>(stored)!;
        var reply = await body(connection, cancellationToken);
        await Sql.ExecuteAsync(connection, Sql.Command("""
            INSERT INTO settlement.operator_actions (operator, request_id, action, input_hash, reply, as_of) VALUES ($1, $2, $3, $4, $5, $6)
            """, recorded.Actor.Name, recorded.RequestId, recorded.Name, hash, Sql.Json(JsonSerializer.Serialize(reply)), recorded.AsOf.ToUniversalTime()), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return reply;
    }

    private static async Task<string?> StoredAsync(NpgsqlConnection connection, RecordedAction recorded, byte[] hash, CancellationToken cancellationToken)
    {
        var rows = await Sql.ListAsync(connection, Sql.Command(StoredSql, recorded.Actor.Name, recorded.RequestId),
            row => (Action: row.GetString(0), Hash: row.GetFieldValue<byte[]>(1), Reply: row.GetString(2)), cancellationToken);
        return rows switch
        {
            [] => null,
            [var row] when row.Action == recorded.Name && row.Hash.AsSpan().SequenceEqual(hash) => row.Reply,
            _ => throw new SettlementException(SettlementFailure.IdempotencyConflict, "The request id was used for another action."),
        };
    }
}

/// <summary>An operator's action that belongs to no settlement.</summary>
/// <param name="Name">Which action, for example <c>SetSwitch</c>.</param>
/// <param name="RequestId">The operator's own id of it: the same id is the same action.</param>
/// <param name="Actor">Who, and through which door.</param>
/// <param name="Reason">Why.</param>
/// <param name="InputJson">What was asked: the same request id with another input is refused.</param>
/// <param name="AsOf">Business time.</param>
public sealed record RecordedAction(string Name, string RequestId, Actor Actor, string Reason, string InputJson, DateTimeOffset AsOf);
