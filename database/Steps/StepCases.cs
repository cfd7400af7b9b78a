using System.Text.Json;
using NpgsqlTypes;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Cases of this settlement: what waits for a person, with owner, age, reason and evidence.</summary>
public sealed class StepCases
{
    private readonly StepContext context;

    internal StepCases(StepContext context) => this.context = context;

    /// <summary>Opens a case; if one is open for the same reason, that one stays.</summary>
    /// <param name="reason">Why a person is needed.</param>
    /// <param name="evidenceJson">What is known, as JSON.</param>
    /// <param name="amount">An amount that stands in suspense for it.</param>
    /// <param name="owner">Whose it is; null: nobody's yet.</param>
    public void Open(AttentionReason reason, string evidenceJson, Money? amount = null, string? owner = null)
    {
        context.Queue(Sql.Command("""
            INSERT INTO settlement.cases (case_id, settlement_id, reason, owner, amount_minor, currency, evidence, opened_as_of)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (settlement_id, reason) WHERE state = 'OPEN' DO NOTHING
            """, Guid.CreateVersion7(), context.Key.SettlementId, UpperSnake.Of(reason), Sql.Text(owner),
            Sql.Typed(amount?.AmountMinor, NpgsqlDbType.Bigint), Sql.Text(amount?.Currency.Code), Sql.Jsonb(evidenceJson), context.AsOf));
        context.Audit("case_opened", Actor.System, UpperSnake.Of(reason), null, evidenceJson);
    }

    /// <summary>Resolves the open case of a reason; a no-op if there is none.</summary>
    /// <param name="reason">Which.</param>
    /// <param name="resolution">What was decided.</param>
    /// <param name="resolvedBy">Who decided.</param>
    /// <param name="approvedBy">The second person; never the first (<see cref="SettlementFailure.FourEyesViolated"/> on flush).</param>
    public void Resolve(AttentionReason reason, string resolution, Actor resolvedBy, string? approvedBy = null)
    {
        context.Queue(Sql.Command("""
            UPDATE settlement.cases SET state = 'RESOLVED', resolution = $3, resolved_by = $4, approved_by = $5, resolved_as_of = $6
             WHERE settlement_id = $1 AND reason = $2 AND state = 'OPEN'
            """, context.Key.SettlementId, UpperSnake.Of(reason), Text.Clip(resolution, 1000)!, resolvedBy.Name, Sql.Text(approvedBy), context.AsOf));
        context.Audit("case_resolved", resolvedBy, resolution);
    }

    /// <summary>One case of this settlement, or null.</summary>
    public async Task<AttentionCase?> FindAsync(Guid caseId) => (await ReadAsync("case_id = $2", caseId)).SingleOrDefault();

    /// <summary>All open cases of this settlement, oldest first.</summary>
    public Task<List<AttentionCase>> OpenOnesAsync() => ReadAsync("state = $2", UpperSnake.Of(CaseState.Open));

    /// <summary>Gives an open case an owner; the flag's owner follows if the flag is up for it.</summary>
    public void Assign(AttentionCase one, string owner, Actor actor, string reason, string requestId)
    {
        ArgumentNullException.ThrowIfNull(one);
        context.Queue(Sql.Command("UPDATE settlement.cases SET owner = $2 WHERE case_id = $1 AND state = 'OPEN'", one.CaseId, owner));
        context.Audit("case_assigned", actor, reason, JsonSerializer.Serialize(new { case_id = one.CaseId, owner = one.Owner }),
            JsonSerializer.Serialize(new { case_id = one.CaseId, owner }), requestId);
        if (context.Settlement.NeedsAttention && context.Settlement.AttentionReason == one.Reason)
            context.RaiseAttention(one.Reason, actor, reason, owner);
    }

    private Task<List<AttentionCase>> ReadAsync(string condition, object value) => context.QueryAsync(
        Sql.Command($"""
            SELECT case_id, settlement_id, reason, state, owner, amount_minor, currency, evidence, opened_as_of, resolution, resolved_by, approved_by,
                   resolved_as_of, recorded_at
              FROM settlement.cases WHERE settlement_id = $1 AND {condition} ORDER BY case_id
            """, context.Key.SettlementId, value),
        reader => new AttentionCase
        {
            CaseId = reader.GetGuid(0),
            SettlementId = reader.GetGuid(1),
            Reason = UpperSnake.Parse<AttentionReason>(reader.GetString(2)),
            State = UpperSnake.Parse<CaseState>(reader.GetString(3)),
            Owner = reader.IsDBNull(4) ? null : reader.GetString(4),
            AmountMinor = reader.IsDBNull(5) ? null : reader.GetInt64(5),
            Currency = reader.IsDBNull(6) ? null : reader.GetString(6),
            Evidence = reader.GetString(7),
            OpenedAsOf = reader.GetFieldValue<DateTimeOffset>(8),
            Resolution = reader.IsDBNull(9) ? null : reader.GetString(9),
            ResolvedBy = reader.IsDBNull(10) ? null : reader.GetString(10),
            ApprovedBy = reader.IsDBNull(11) ? null : reader.GetString(11),
            ResolvedAsOf = reader.IsDBNull(12) ? null : reader.GetFieldValue<DateTimeOffset>(12),
            RecordedAt = reader.GetFieldValue<DateTimeOffset>(13),
        });
}
