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
}
