using Npgsql;
using NpgsqlTypes;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Appends to the audit log, in the caller's transaction if it has one.</summary>
public static class AuditWriter
{
    /// <summary>Appends on this connection, within whatever transaction it is in.</summary>
    public static Task AppendAsync(NpgsqlConnection connection, AuditRecord record, CancellationToken cancellationToken = default) =>
        Sql.ExecuteAsync(connection, Command(record), cancellationToken);

    /// <summary>Appends in a transaction of its own.</summary>
    public static async Task AppendAsync(NpgsqlDataSource dataSource, AuditRecord record, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await AppendAsync(connection, record, cancellationToken);
    }

    internal static NpgsqlBatchCommand Command(AuditRecord record) => Sql.Command("""
        INSERT INTO settlement.audit_log (settlement_id, entity_id, target, action, actor, actor_source, reason, request_id, before, after, as_of)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """, Sql.Typed(record.SettlementId, NpgsqlDbType.Uuid), Sql.Text(record.EntityId), Text.Clip(record.Target, 200)!, record.Action,
        record.Actor.Name, UpperSnake.Of(record.Actor.Source), Text.Clip(record.Reason, 1000)!, Sql.Text(Text.Clip(record.RequestId, 200)),
        Sql.Jsonb(record.BeforeJson), Sql.Jsonb(record.AfterJson), record.AsOf.ToUniversalTime());
}

/// <summary>An entry for the audit log. Values before and after are JSON and hold no secrets.</summary>
/// <param name="Target">What was acted on, for example <c>settlement:S2026…</c>, <c>request</c>, <c>switch:transfers</c>.</param>
/// <param name="Action">What was done, for example <c>create_refused</c>.</param>
/// <param name="Actor">By whom.</param>
/// <param name="Reason">Why.</param>
/// <param name="AsOf">Business time.</param>
public sealed record AuditRecord(string Target, string Action, Actor Actor, string Reason, DateTimeOffset AsOf)
{
    public Guid? SettlementId { get; init; }

    public string? EntityId { get; init; }

    public string? RequestId { get; init; }

    public string? BeforeJson { get; init; }

    public string? AfterJson { get; init; }
}
