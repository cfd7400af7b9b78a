using Npgsql;
using NpgsqlTypes;
using Settlement.Domain;

namespace Settlement.Database.Api;

/// <summary>Finds one settlement by id or reference within the caller's entity.</summary>
public sealed class SettlementHeaders(NpgsqlDataSource database)
{
    /// <summary>The settlement, or null if there is none that the scope may see.</summary>
    /// <param name="id">A settlement id (UUID) or a reference; anything else finds nothing.</param>
    /// <param name="entityScope">Only this entity; null: all.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<SettlementHeader?> FindAsync(string id, string? entityScope, CancellationToken cancel)
    {
        var isReference = SettlementReference.IsValid(id);
        var settlementId = Guid.Empty;
        if (!isReference && !Guid.TryParseExact(id, "D", out settlementId))
            return null;
        await using var command = database.CreateCommand($"""
            SELECT settlement_id, reference, entity_id, status, created_by FROM settlement.settlement_transactions
            WHERE {(isReference ? "reference" : "settlement_id")} = $1 AND ($2::text IS NULL OR entity_id = $2)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = isReference ? id : settlementId });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)entityScope ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new SettlementHeader(row.GetGuid(0), row.GetString(1), row.GetString(2), UpperSnake.Parse<SettlementStatus>(row.GetString(3)), row.GetString(4))
            : null;
    }
}

/// <summary>What the API must know of a settlement before it lets anyone act on it.</summary>
/// <param name="SettlementId">Key of the row.</param>
/// <param name="Reference">Name of the workflow, without its prefix.</param>
/// <param name="EntityId">Owner.</param>
/// <param name="Status">As last committed; it may move at any moment, so nothing is decided by it but the wording of an answer.</param>
/// <param name="StartedBy">Who asked for it, and therefore never approves it.</param>
public sealed record SettlementHeader(Guid SettlementId, string Reference, string EntityId, SettlementStatus Status, string StartedBy);
