using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// What the body of a step can see and do. Writes are queued and sent in as few round trips as possible: before a read
/// that needs them, and at the end together with the checkpoint. Everything is one transaction.
/// </summary>
public sealed class StepContext
{
    private readonly List<NpgsqlBatchCommand> queue = [];
    private readonly List<NpgsqlBatchCommand> postings = [];
    private readonly NpgsqlConnection connection;
    private readonly SettlementStatus statusBefore;

    internal StepContext(
        NpgsqlConnection connection, StepKey key, DateTimeOffset asOf, SettlementTransaction settlement, CancellationToken cancellationToken)
    {
        this.connection = connection;
        Key = key;
        AsOf = asOf;
        Settlement = settlement;
        statusBefore = settlement.Status;
        CancellationToken = cancellationToken;
        Ledger = new StepLedger(this);
        Instructions = new StepInstructions(this);
        Compensations = new StepCompensations(this);
        Cases = new StepCases(this);
    }

    /// <summary>The idempotency key under which this runs.</summary>
    public StepKey Key { get; }

    /// <summary>Business time of the step, UTC.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>The settlement's row, locked for the length of this transaction; kept in step with what is queued here.</summary>
    public SettlementTransaction Settlement { get; }

    /// <summary>The amount, without fee.</summary>
    public Money Amount => new(Settlement.AmountMinor, Currency.Of(Settlement.Currency));

    /// <summary>The fee, in the currency of the amount.</summary>
    public Money Fee => new(Settlement.FeeMinor, Currency.Of(Settlement.Currency));

    public CancellationToken CancellationToken { get; }

    /// <summary>Holds and postings.</summary>
    public StepLedger Ledger { get; }

    /// <summary>What is sent to the bank, and what it answered.</summary>
    public StepInstructions Instructions { get; }

    /// <summary>Durable compensation records.</summary>
    public StepCompensations Compensations { get; }

    /// <summary>Cases for people.</summary>
    public StepCases Cases { get; }

    /// <summary>
    /// Moves the settlement to another state; history, audit and event are written by the database in the same
    /// transaction. A failing end says why.
    /// </summary>
    /// <exception cref="SettlementException"><see cref="SettlementFailure.InvalidTransition"/>.</exception>
    public void Transition(
        SettlementStatus to, Actor actor, string reason, SettlementFailure? failure = null, string? failureMessage = null)
    {
        SettlementTransitions.Require(Settlement.Kind, Settlement.Status, to);
        Update("status = $7, failure = $8, failure_message = $9", actor, reason,
            UpperSnake.Of(to), Sql.Text(failure?.ToCode()), Sql.Text(Text.Clip(failureMessage, 1000)));
        Settlement.Status = to;
        Settlement.StatusSince = AsOf;
        Settlement.Failure = failure;
        Settlement.FailureMessage = failureMessage;
        if (to == SettlementStatus.Settled)
            Settlement.SettledAt = AsOf;
    }

    /// <summary>Flags the settlement for a person. A flag that is up keeps its age; its reason becomes the newer one.</summary>
    public void RaiseAttention(AttentionReason attention, Actor actor, string reason, string? owner = null)
    {
        Update("needs_attention = true, attention_reason = $7, attention_owner = coalesce($8, attention_owner), attention_since = coalesce(attention_since, $5)",
            actor, reason, UpperSnake.Of(attention), Sql.Text(owner));
        Settlement.AttentionSince ??= AsOf;
        Settlement.NeedsAttention = true;
        Settlement.AttentionReason = attention;
        Settlement.AttentionOwner = owner ?? Settlement.AttentionOwner;
    }

    /// <summary>Takes the flag down; nothing happens if it is not up.</summary>
    public void ClearAttention(Actor actor, string reason)
    {
        if (!Settlement.NeedsAttention)
            return;
        Update("needs_attention = false, attention_reason = NULL, attention_owner = NULL, attention_since = NULL", actor, reason);
        Settlement.NeedsAttention = false;
        Settlement.AttentionReason = null;
        Settlement.AttentionOwner = null;
        Settlement.AttentionSince = null;
    }

    /// <summary>Records the schedule: first at validation, later by a recomputation or an extension.</summary>
    public void SetSchedule(SettlementTiming timing, Actor actor, string reason)
    {
        Update("""
            trade_date = $7, value_date = $8, opens_at = $9, due_at = $10, warning_at = $11, critical_at = $12, calendar_version = $13, window_version = $14
            """, actor, reason, timing.TradeDate, timing.ValueDate, timing.OpensAt.ToUniversalTime(), timing.DueAt.ToUniversalTime(),
            timing.WarningAt.ToUniversalTime(), timing.CriticalAt.ToUniversalTime(), timing.CalendarVersion, timing.WindowVersion);
        (Settlement.TradeDate, Settlement.ValueDate) = (timing.TradeDate, timing.ValueDate);
        (Settlement.OpensAt, Settlement.DueAt) = (timing.OpensAt, timing.DueAt);
        (Settlement.WarningAt, Settlement.CriticalAt) = (timing.WarningAt, timing.CriticalAt);
        (Settlement.CalendarVersion, Settlement.WindowVersion) = (timing.CalendarVersion, timing.WindowVersion);
    }

    /// <summary>Moves the due instant and what hangs on it; an operator's action.</summary>
    public void ExtendDeadline(DateTimeOffset dueAt, DateTimeOffset warningAt, DateTimeOffset criticalAt, Actor actor, string reason)
    {
        Update("due_at = $7, warning_at = $8, critical_at = $9", actor, reason,
            dueAt.ToUniversalTime(), warningAt.ToUniversalTime(), criticalAt.ToUniversalTime());
        (Settlement.DueAt, Settlement.WarningAt, Settlement.CriticalAt) = (dueAt, warningAt, criticalAt);
    }

    /// <summary>An audit entry beyond those that state changes write by themselves. Before and after are JSON or null.</summary>
    public void Audit(string action, Actor actor, string reason, string? beforeJson = null, string? afterJson = null, string? requestId = null) =>
        Queue(AuditWriter.Command(new AuditRecord($"settlement:{Settlement.Reference}", action, actor, reason, AsOf)
        {
            SettlementId = Settlement.SettlementId,
            EntityId = Settlement.EntityId,
            BeforeJson = beforeJson,
            AfterJson = afterJson,
            RequestId = requestId,
        }));

    /// <summary>An event beyond those that state changes publish by themselves.</summary>
    public void Publish(string type, string payloadJson) => Queue(Sql.Command("""
        INSERT INTO settlement.outbox_events (settlement_id, entity_id, type, payload, as_of) VALUES ($1, $2, $3, $4, $5)
        """, Settlement.SettlementId, Settlement.EntityId, type, Sql.Jsonb(payloadJson), AsOf));

    /// <summary>Runs commands of another module in this transaction, after what is queued here.</summary>
    public async Task<T> WithConnectionAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        FlushPostings();
        if (queue.Count > 0)
        {
            await using var batch = Drain();
            await batch.ExecuteNonQueryAsync(CancellationToken);
        }

        return await use(connection, CancellationToken);
    }

    internal void Queue(NpgsqlBatchCommand command) => queue.Add(command);

    /// <summary>
    /// Postings go last, right before COMMIT: they hold the lock on accounts that every other payment needs too, and every
    /// command after them would lengthen the queue.
    /// </summary>
    internal void QueuePosting(NpgsqlBatchCommand command) => postings.Add(command);

    /// <summary>Sends what is queued, the postings, and COMMIT, in one round trip.</summary>
    internal async Task CommitAsync()
    {
        FlushPostings();
        Queue(Sql.Command("COMMIT"));
        await using var batch = Drain();
        await batch.ExecuteNonQueryAsync(CancellationToken);
    }

    /// <summary>Sends what is queued and then a query, in one round trip; returns the query's rows.</summary>
    internal async Task<List<T>> QueryAsync<T>(NpgsqlBatchCommand query, Func<NpgsqlDataReader, T> read)
    {
        FlushPostings();
        // Results are counted, because a function called before the query returns rows too.
        var resultsBefore = queue.Count(command => command.CommandText.StartsWith("SELECT", StringComparison.Ordinal));
        Queue(query);
        await using var batch = Drain();
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken);
        for (var i = 0; i < resultsBefore; i++)
            await reader.NextResultAsync(CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(CancellationToken))
            rows.Add(read(reader));
        // The rest of the reader is consumed on disposal, which raises what a later command may have met.
        return rows;
    }

    /// <summary>If the key names the next attempt, that attempt begins with this step.</summary>
    internal void BeginAttempt()
    {
        if (Key.Attempt == Settlement.Attempt)
            return;
        if (Key.Attempt != Settlement.Attempt + 1)
            throw new SettlementException(SettlementFailure.InvalidTransition,
                $"The step belongs to attempt {Key.Attempt}, the settlement is in attempt {Settlement.Attempt}.");
        Update("attempt = $7", Actor.System, $"attempt {Key.Attempt} begins", Key.Attempt);
        Settlement.Attempt = Key.Attempt;
    }

    internal void Checkpoint(string resultJson) => Queue(Sql.Command("""
        INSERT INTO settlement.settlement_operation_checkpoints (settlement_id, attempt, step, status_before, status_after, as_of, result)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """, Key.SettlementId, Key.Attempt, Key.Step.Text, UpperSnake.Of(statusBefore), UpperSnake.Of(Settlement.Status), AsOf, Sql.Json(resultJson)));

    private void Update(string assignments, Actor actor, string reason, params ReadOnlySpan<object> values)
    {
        var command = Sql.Command($"""
            UPDATE settlement.settlement_transactions
               SET changed_by = $2, changed_source = $3, changed_reason = $4, changed_as_of = $5, changed_step = $6, {assignments}
             WHERE settlement_id = $1
            """, Settlement.SettlementId, actor.Name, UpperSnake.Of(actor.Source), Text.Clip(reason, 1000)!, AsOf, Key.Step.Text);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        Queue(command);
    }

    private void FlushPostings()
    {
        queue.AddRange(postings);
        postings.Clear();
    }

    private NpgsqlBatch Drain()
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in queue)
            batch.BatchCommands.Add(command);
        queue.Clear();
        return batch;
    }
}
