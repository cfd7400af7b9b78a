using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// Durable compensations of this attempt. Each is registered before the step that it undoes, tried until it succeeds, and
/// keeps its outcome.
/// </summary>
public sealed class StepCompensations
{
    private readonly StepContext context;

    internal StepCompensations(StepContext context) => this.context = context;

    /// <summary>Registers; a second time is a no-op.</summary>
    public void Register(CompensationAction action) => context.Queue(Sql.Command("""
        INSERT INTO settlement.compensation_transactions (compensation_id, settlement_id, attempt, action, state, registered_as_of)
        VALUES ($1, $2, $3, $4, 'REGISTERED', $5) ON CONFLICT (settlement_id, attempt, action) DO NOTHING
        """, Guid.CreateVersion7(), context.Key.SettlementId, context.Key.Attempt, UpperSnake.Of(action), context.AsOf));

    /// <summary>A try failed; it stays open and counts.</summary>
    public void Failed(CompensationAction action, string error) =>
        Update(action, "state = 'FAILING', tries = tries + 1, last_error = $5, tried_as_of = $4", Sql.Text(Text.Clip(error, 1000)));

    /// <summary>It is undone; evidence is JSON or null.</summary>
    public void Succeeded(CompensationAction action, string? evidenceJson = null) =>
        Update(action, "state = 'SUCCEEDED', tries = tries + 1, evidence = $5, tried_as_of = $4, completed_as_of = $4", Sql.Jsonb(evidenceJson));

    /// <summary>The step had never happened, so there is nothing to undo.</summary>
    public void NotNeeded(CompensationAction action, string? evidenceJson = null) =>
        Update(action, "state = 'NOT_NEEDED', evidence = $5, completed_as_of = $4", Sql.Jsonb(evidenceJson));

    /// <summary>All of this attempt, in the order of registration.</summary>
    public Task<List<CompensationTransaction>> ListAsync() => context.QueryAsync(
        Sql.Command("""
            SELECT compensation_id, settlement_id, attempt, action, state, tries, last_error, evidence, registered_as_of, tried_as_of,
                   completed_as_of, recorded_at
              FROM settlement.compensation_transactions WHERE settlement_id = $1 AND attempt = $2 ORDER BY recorded_at
            """, context.Key.SettlementId, context.Key.Attempt),
        reader => new CompensationTransaction
        {
            CompensationId = reader.GetGuid(0),
            SettlementId = reader.GetGuid(1),
            Attempt = reader.GetInt32(2),
            Action = UpperSnake.Parse<CompensationAction>(reader.GetString(3)),
            State = UpperSnake.Parse<CompensationState>(reader.GetString(4)),
            Tries = reader.GetInt32(5),
            LastError = reader.IsDBNull(6) ? null : reader.GetString(6),
            Evidence = reader.IsDBNull(7) ? null : reader.GetString(7),
            RegisteredAsOf = reader.GetFieldValue<DateTimeOffset>(8),
            TriedAsOf = reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9),
            CompletedAsOf = reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10),
            RecordedAt = reader.GetFieldValue<DateTimeOffset>(11),
        });

    // A completed one is left as it is: the first outcome counts.
    private void Update(CompensationAction action, string assignments, Npgsql.NpgsqlParameter value) => context.Queue(Sql.Command($"""
        UPDATE settlement.compensation_transactions SET {assignments}
         WHERE settlement_id = $1 AND attempt = $2 AND action = $3 AND state IN ('REGISTERED', 'FAILING')
        """, context.Key.SettlementId, context.Key.Attempt, UpperSnake.Of(action), context.AsOf, value));
}
