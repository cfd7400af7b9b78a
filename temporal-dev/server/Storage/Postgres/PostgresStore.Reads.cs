using Npgsql;

namespace Temporalio.DevServer.Storage.Postgres;

internal sealed partial class PostgresStore
{
    public async ValueTask<StoredRun?> LoadRunAsync(RunKey run, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT version, next_event_id, extras FROM runs WHERE run_id = $1 AND namespace_id = $2 AND workflow_id = $3";
        if (!StoreTransactionCheck.IsKey(run))
            return null;
        var rows = await QueryAsync(Sql, RunParameters(run), r => new StoredRun(run, r.GetInt64(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2)), cancellationToken);
        return rows.SingleOrDefault();
    }

    public async ValueTask<CurrentRun?> CurrentRunAsync(string namespaceId, string workflowId, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT run_id, status, start_request_id, start_time FROM current_runs WHERE namespace_id = $1 AND workflow_id = $2";
        if (!StoreTransactionCheck.IsUuid(namespaceId) || !StorableText.IsStorable(workflowId))
            return null;
        var rows = await QueryAsync(
            Sql,
            [Uuid(namespaceId), P(workflowId)],
            r => new CurrentRun(r.GetGuid(0).ToString("D"), (Api.Enums.V1.WorkflowExecutionStatus)r.GetInt16(1), r.GetString(2), Time(r.GetInt64(3))),
            cancellationToken);
        return rows.SingleOrDefault();
    }

    public ValueTask<EventPage> ReadEventsAsync(RunKey run, long firstEventId, int maxBytes, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT e.first_event_id, e.event_count, e.data, r.next_event_id
            FROM runs r JOIN events e ON e.run_id = r.run_id
            WHERE r.run_id = $1 AND r.namespace_id = $2 AND r.workflow_id = $3
                AND e.first_event_id >= coalesce((SELECT max(b.first_event_id) FROM events b WHERE b.run_id = $1 AND b.first_event_id <= $4), 0)
                AND e.first_event_id + e.event_count > $4
            ORDER BY e.first_event_id LIMIT $5
            """;
        return EventsAsync(Sql, run, firstEventId, maxBytes, (batch, end) => batch.NextEventId < end ? batch.NextEventId : null, cancellationToken);
    }

    public ValueTask<EventPage> ReadEventsBackAsync(RunKey run, long lastEventId, int maxBytes, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT e.first_event_id, e.event_count, e.data, r.next_event_id
            FROM runs r JOIN events e ON e.run_id = r.run_id
            WHERE r.run_id = $1 AND r.namespace_id = $2 AND r.workflow_id = $3 AND e.first_event_id <= $4
            ORDER BY e.first_event_id DESC LIMIT $5
            """;
        return EventsAsync(Sql, run, lastEventId, maxBytes, (batch, _) => EventPages.Before(batch), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<RunKey>> ExpiredRunsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT namespace_id, workflow_id, run_id FROM runs WHERE retain_until < $1 ORDER BY retain_until LIMIT $2";
        return await QueryAsync(Sql, [P(now.UtcTicks), P(limit)], Key, cancellationToken);
    }

    public async ValueTask<StoredDocument?> LoadDocumentAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT scope, name, version, body FROM documents WHERE kind = $1 AND scope = $2 AND name = $3";
        if (!StorableText.IsStorable(key.Scope) || !StorableText.IsStorable(key.Name))
            return null;
        var rows = await QueryAsync(Sql, [P((short)key.Kind), P(key.Scope), P(key.Name)], r => Document(key.Kind, r), cancellationToken);
        return rows.SingleOrDefault();
    }

    public async ValueTask<IReadOnlyList<StoredDocument>> ListDocumentsAsync(DocumentKind kind, string? scope, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT scope, name, version, body FROM documents WHERE kind = $1 AND ($2 OR scope = $3) ORDER BY scope, name";
        return await QueryAsync(Sql, [P((short)kind), P(scope is null), P(scope ?? "")], r => Document(kind, r), cancellationToken);
    }

    private static NpgsqlParameter[] RunParameters(RunKey run) => [Uuid(run.RunId), Uuid(run.NamespaceId), P(run.WorkflowId)];

    private static StoredDocument Document(DocumentKind kind, NpgsqlDataReader reader) =>
        new(new DocumentKey(kind, reader.GetString(0), reader.GetString(1)), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3));

    private async ValueTask<EventPage> EventsAsync(string sql, RunKey run, long eventId, int maxBytes, Func<HistoryEventBatch, long, long?> next, CancellationToken cancellationToken)
    {
        var page = new List<HistoryEventBatch>();
        if (!StoreTransactionCheck.IsKey(run))
            return new EventPage(page, null);
        var (end, bytes) = (0L, 0L);
        var rows = StreamAsync(
            sql,
            [.. RunParameters(run), P(eventId), P(MaxBatchesPerPage)],
            r => (Batch: new HistoryEventBatch(r.GetInt64(0), r.GetInt32(1), r.GetFieldValue<byte[]>(2)), End: r.GetInt64(3)),
            cancellationToken);
        await foreach (var row in rows)
        {
            page.Add(row.Batch);
            end = row.End;
            bytes += row.Batch.Events.Length;
            if (bytes >= maxBytes)
                break;
        }

        return new EventPage(page, page.Count == 0 ? null : next(page[^1], end));
    }
}
