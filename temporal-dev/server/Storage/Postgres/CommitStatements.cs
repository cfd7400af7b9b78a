using Npgsql;
using NpgsqlTypes;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>
/// The statements that write a group of transactions: for each table one statement over arrays, however many rows. A statement that must
/// change a certain number of rows says so; any other number means that something was not as expected.
/// </summary>
internal sealed class CommitStatements
{
    private const string InsertRuns = """
        INSERT INTO runs (run_id, namespace_id, workflow_id, version, extras, is_live, next_due, has_tasks, retain_until, next_event_id)
        SELECT u.run_id, u.namespace_id, u.workflow_id, 1, u.extras, u.is_live, u.next_due, u.has_tasks, u.retain_until, u.next_event_id
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS u (run_id, namespace_id, workflow_id, extras, is_live, next_due, has_tasks, retain_until, next_event_id)
        ON CONFLICT DO NOTHING
        """;

    private const string UpdateRuns = """
        UPDATE runs r
        SET version = r.version + 1, extras = u.extras, is_live = u.is_live, next_due = u.next_due, has_tasks = u.has_tasks, retain_until = u.retain_until,
            next_event_id = coalesce(u.next_event_id, r.next_event_id)
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            AS u (run_id, namespace_id, workflow_id, extras, is_live, next_due, has_tasks, retain_until, next_event_id, first_event_id, expected)
        WHERE r.run_id = u.run_id AND r.namespace_id = u.namespace_id AND r.workflow_id = u.workflow_id AND r.version = u.expected
            AND (u.first_event_id IS NULL OR u.first_event_id = r.next_event_id)
        """;

    private const string InsertEvents = "INSERT INTO events (run_id, first_event_id, event_count, data) SELECT * FROM unnest($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    private const string InsertCurrent = """
        INSERT INTO current_runs (namespace_id, workflow_id, run_id, status, start_request_id, start_time)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING
        """;

    private const string UpdateCurrent = """
        UPDATE current_runs c
        SET run_id = u.run_id, status = u.status, start_request_id = u.start_request_id, start_time = u.start_time
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS u (namespace_id, workflow_id, run_id, status, start_request_id, start_time, expected)
        WHERE c.namespace_id = u.namespace_id AND c.workflow_id = u.workflow_id AND c.run_id = u.expected
        """;

    private const string UpsertVisibility = $"""
        INSERT INTO visibility ({VisibilityColumns.Names})
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        ON CONFLICT (run_id) DO UPDATE SET {VisibilityColumns.Updates}
        """;

    private const string InsertDocument = "INSERT INTO documents (kind, scope, name, version, body) VALUES ($1, $2, $3, 1, $4) ON CONFLICT DO NOTHING";

    private const string UpdateDocument = "UPDATE documents SET version = version + 1, body = $4 WHERE kind = $1 AND scope = $2 AND name = $3 AND version = $5";

    private const string UpsertDocument = """
        INSERT INTO documents AS d (kind, scope, name, version, body) VALUES ($1, $2, $3, 1, $4)
        ON CONFLICT (kind, scope, name) DO UPDATE SET version = d.version + 1, body = excluded.body
        """;

    private const string DeleteDocument = "DELETE FROM documents WHERE kind = $1 AND scope = $2 AND name = $3";

    private const string Doomed = "runs r JOIN unnest($1, $2, $3) AS u (run_id, namespace_id, workflow_id) ON r.run_id = u.run_id AND r.namespace_id = u.namespace_id AND r.workflow_id = u.workflow_id";

    private static readonly string[] DeleteRuns =
    [
        $"DELETE FROM events e USING {Doomed} WHERE e.run_id = r.run_id",
        $"DELETE FROM visibility v USING {Doomed} WHERE v.run_id = r.run_id",
        $"DELETE FROM current_runs c USING {Doomed} WHERE c.namespace_id = r.namespace_id AND c.workflow_id = r.workflow_id AND c.run_id = r.run_id",
        "DELETE FROM runs r USING unnest($1, $2, $3) AS u (run_id, namespace_id, workflow_id) WHERE r.run_id = u.run_id AND r.namespace_id = u.namespace_id AND r.workflow_id = u.workflow_id",
    ];

    private readonly NpgsqlBatch batch;
    private readonly List<int?> expected = [];

    private CommitStatements(NpgsqlBatch batch) => this.batch = batch;

    /// <summary>Adds the statements of these transactions to the batch.</summary>
    /// <returns>For each statement the number of rows it must have changed, or null for any.</returns>
    public static IReadOnlyList<int?> Add(NpgsqlBatch batch, IReadOnlyList<CommitRequest> group)
    {
        var statements = new CommitStatements(batch);
        var runs = group.SelectMany(g => g.Transaction.Runs).ToList();
        statements.Runs(runs);
        statements.Current([.. runs.Where(r => r.Current is not null)]);
        statements.Visibility([.. runs.Select(r => r.Visibility).OfType<VisibilityRow>()]);
        foreach (var document in group.SelectMany(g => g.Transaction.Documents))
            statements.Document(document);
        statements.Deletes([.. group.SelectMany(g => g.Transaction.Deletes)]);
        return statements.expected;
    }

    private void Runs(List<RunWrite> runs)
    {
        var added = runs.Where(r => r.ExpectedVersion == 0).ToList();
        if (added.Count > 0)
            RunColumns(InsertRuns, added);
        var changed = runs.Where(r => r.ExpectedVersion > 0).ToList();
        if (changed.Count > 0)
            RunColumns(UpdateRuns, changed).LongOrNull(r => r.Append.Count > 0 ? r.Append[0].FirstEventId : null).Long(r => r.ExpectedVersion);
        var events = runs.SelectMany(r => r.Append.Select(b => (r.Run.RunId, Batch: b))).ToList();
        if (events.Count > 0)
            Columns(InsertEvents, events, events.Count).Uuid(e => e.RunId).Long(e => e.Batch.FirstEventId).Int(e => e.Batch.Count).Bytes(e => e.Batch.Events);
    }

    private ColumnArrays<RunWrite> RunColumns(string sql, List<RunWrite> runs) => Columns(sql, runs, runs.Count)
        .Uuid(r => r.Run.RunId)
        .Uuid(r => r.Run.NamespaceId)
        .Text(r => r.Run.WorkflowId)
        .Bytes(r => r.Extras)
        .Flag(r => r.IsLive)
        .LongOrNull(r => r.NextDue?.UtcTicks)
        .Flag(r => r.HasTasks)
        .LongOrNull(r => r.RetainUntil?.UtcTicks)
        .LongOrNull(r => r.Append.Count > 0 ? r.Append[^1].NextEventId : null);

    private void Current(List<RunWrite> runs)
    {
        var added = runs.Where(r => r.Current!.ExpectedRunId is null).ToList();
        if (added.Count > 0)
            CurrentColumns(InsertCurrent, added);
        var moved = runs.Where(r => r.Current!.ExpectedRunId is not null).ToList();
        if (moved.Count > 0)
            CurrentColumns(UpdateCurrent, moved).Uuid(r => r.Current!.ExpectedRunId!);
    }

    private ColumnArrays<RunWrite> CurrentColumns(string sql, List<RunWrite> runs) => Columns(sql, runs, runs.Count)
        .Uuid(r => r.Run.NamespaceId)
        .Text(r => r.Run.WorkflowId)
        .Uuid(r => r.Current!.Now.RunId)
        .Short(r => (short)r.Current!.Now.Status)
        .Text(r => r.Current!.Now.StartRequestId)
        .Long(r => r.Current!.Now.StartTime.UtcTicks);

    private void Visibility(List<VisibilityRow> rows)
    {
        if (rows.Count > 0)
            VisibilityColumns.Write(Columns(UpsertVisibility, rows, null));
    }

    private void Document(DocumentWrite write)
    {
        var sql = write switch
        {
            { Body: null } => DeleteDocument,
            { ExpectedVersion: null } => UpsertDocument,
            { ExpectedVersion: 0 } => InsertDocument,
            _ => UpdateDocument,
        };
        var command = Command(sql, write.Body is null ? null : 1);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)write.Key.Kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = write.Key.Scope });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = write.Key.Name });
        if (write.Body is null)
            return;
        command.Parameters.Add(new NpgsqlParameter<byte[]> { NpgsqlDbType = NpgsqlDbType.Bytea, TypedValue = write.Body });
        if (write.ExpectedVersion is > 0 and var version)
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
    }

    private void Deletes(List<RunKey> runs)
    {
        if (runs.Count == 0)
            return;
        foreach (var sql in DeleteRuns)
            Columns(sql, runs, null).Uuid(r => r.RunId).Uuid(r => r.NamespaceId).Text(r => r.WorkflowId);
    }

    private ColumnArrays<T> Columns<T>(string sql, IReadOnlyList<T> rows, int? expectedRows) => new(Command(sql, expectedRows), rows);

    private NpgsqlBatchCommand Command(string sql, int? expectedRows)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        expected.Add(expectedRows);
        return command;
    }
}
