using System.Text.Json;
using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>
/// Runs one step of a settlement in one database transaction: claim, body, checkpoint, commit. The same key always gives
/// the answer of its first execution. Locks are taken in one order everywhere: settlement row, accounts (ledger_queue), fund locks.
/// </summary>
public sealed class StepRunner(NpgsqlDataSource dataSource)
{
    /// <summary>How often a transaction is tried that lost against another (SQLSTATE 40001, 40P01).</summary>
    public const int MaxTries = 5;

    private const string ClaimSql = $"""
        SELECT {SettlementRowReader.Columns}
          FROM settlement.settlement_transactions s WHERE s.settlement_id = $1 FOR NO KEY UPDATE
        """;

    // A statement of its own: in READ COMMITTED it sees what the holder of the row lock has just committed.
    private const string StoredResultSql = """
        SELECT result FROM settlement.settlement_operation_checkpoints WHERE settlement_id = $1 AND attempt = $2 AND step = $3
        """;

    private const string StoredActionSql = """
        SELECT result FROM settlement.settlement_operation_checkpoints WHERE settlement_id = $1 AND step = $2 ORDER BY attempt LIMIT 1
        """;

    private static readonly JsonSerializerOptions ResultJson = new(JsonSerializerDefaults.General);

    /// <summary>Runs a step, or gives the stored answer of its first run.</summary>
    /// <param name="key">
    /// Its attempt is the settlement's current one, or the next one: then the step begins that attempt.
    /// </param>
    /// <param name="asOf">Business time; written to every row instead of the machine's clock.</param>
    /// <param name="body">Decides and queues writes. It may run more than once; only the committed run counts.</param>
    /// <param name="cancellationToken">Rolls back if it comes before the commit is sent.</param>
    /// <exception cref="SettlementException">
    /// A refusal: <see cref="SettlementFailure.UnknownSettlement"/>, <see cref="SettlementFailure.InvalidTransition"/>,
    /// <see cref="SettlementFailure.InsufficientFunds"/> and so on (<see cref="SqlStates.ToFailure"/>). Nothing was written.
    /// </exception>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses for technical reasons; the same key may be tried again.</exception>
    public async Task<StepResult<T>> RunAsync<T>(
        StepKey key, DateTimeOffset asOf, Func<StepContext, Task<T>> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(body);
        return await RetryAsync(
            () => RunOnceAsync(key.SettlementId, key.Attempt, key.Step, asOf.ToUniversalTime(), body, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Runs an action that belongs to no attempt (an operator's word, an escalation, a message that did not fit), or gives the
    /// stored answer of its first run. It is written down under the attempt that the settlement is in.
    /// </summary>
    /// <param name="settlementId">Whose action.</param>
    /// <param name="step">Its name, unique within the settlement over all attempts: the key of idempotency.</param>
    /// <param name="asOf">Business time.</param>
    /// <param name="body">As with <see cref="RunAsync"/>.</param>
    /// <param name="cancellationToken">Rolls back if it comes before the commit is sent.</param>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public async Task<StepResult<T>> RunActionAsync<T>(
        Guid settlementId, StepName step, DateTimeOffset asOf, Func<StepContext, Task<T>> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        return await RetryAsync(
            () => RunOnceAsync(settlementId, null, step, asOf.ToUniversalTime(), body, cancellationToken), cancellationToken);
    }

    private static async Task<StepResult<T>> RetryAsync<T>(Func<Task<StepResult<T>>> run, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await run();
            }
            catch (PostgresException exception) when (SqlStates.IsRetryable(exception.SqlState) && tries < MaxTries)
            {
                // The loser of a race backs off for longer each time, by a random share so that two losers part.
                await Task.Delay(TimeSpan.FromMilliseconds(5 * tries * (1 + Random.Shared.NextDouble())), cancellationToken);
            }
            catch (PostgresException exception) when (SqlStates.ToException(exception) is { } refusal)
            {
                throw refusal;
            }
        }
    }

    private async Task<StepResult<T>> RunOnceAsync<T>(
        Guid settlementId, int? attempt, StepName step, DateTimeOffset asOf, Func<StepContext, Task<T>> body, CancellationToken cancellationToken)
    {
        // BEGIN travels with the claim and COMMIT with the last writes: two round trips for most steps. If anything throws,
        // the pool rolls back before it hands the connection out again.
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var (settlement, stored) = await ClaimAsync(connection, settlementId, attempt, step, cancellationToken);
        if (settlement.ArchivedAsOf is not null)
            stored = await RestoreAsync(connection, settlementId, attempt, step, asOf, cancellationToken);
        if (stored is not null)
        {
            await Sql.ExecuteAsync(connection, Sql.Command("ROLLBACK"), cancellationToken);
            return new StepResult<T>(JsonSerializer.Deserialize<T>(stored, ResultJson)!, Repeated: true);
        }

        var key = new StepKey(settlementId, attempt ?? settlement.Attempt, step);
        var context = new StepContext(connection, key, asOf, settlement, cancellationToken);
        context.BeginAttempt();
        var value = await body(context);
        context.Checkpoint(JsonSerializer.Serialize(value, ResultJson));
        await context.CommitAsync();
        return new StepResult<T>(value, Repeated: false);
    }

    private static async Task<(SettlementTransaction Settlement, string? Stored)> ClaimAsync(
        NpgsqlConnection connection, Guid settlementId, int? attempt, StepName step, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Sql.Command("BEGIN ISOLATION LEVEL READ COMMITTED"),
                Sql.Command(ClaimSql, settlementId),
                StoredCommand(settlementId, attempt, step),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            throw new SettlementException(SettlementFailure.UnknownSettlement, "There is no such settlement.");
        var settlement = SettlementRowReader.Read(reader);
        await reader.NextResultAsync(cancellationToken);
        return (settlement, await reader.ReadAsync(cancellationToken) ? reader.GetString(0) : null);
    }

    /// <summary>A step on an archived settlement first brings its records back: without its checkpoints it could run twice.</summary>
    private static async Task<string?> RestoreAsync(
        NpgsqlConnection connection, Guid settlementId, int? attempt, StepName step, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await Sql.ExecuteAsync(connection, SettlementArchive.RestoreCommand(settlementId, Actor.System, $"step {step.Text}", asOf), cancellationToken);
        var stored = await Sql.ListAsync(connection, StoredCommand(settlementId, attempt, step), row => row.GetString(0), cancellationToken);
        return stored.SingleOrDefault();
    }

    private static NpgsqlBatchCommand StoredCommand(Guid settlementId, int? attempt, StepName step) => attempt is { } number
        ? Sql.Command(StoredResultSql, settlementId, number, step.Text)
        : Sql.Command(StoredActionSql, settlementId, step.Text);
}

/// <summary>What a step answered, and whether it had already been executed before this call.</summary>
/// <param name="Value">The first answer, also on a repeat.</param>
/// <param name="Repeated">True if nothing was done now.</param>
public sealed record StepResult<T>(T Value, bool Repeated);
