using Npgsql;
using NpgsqlTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Visibility;
using Temporalio.DevServer.Visibility.Columns;

namespace Temporalio.DevServer.Storage.Postgres;

/// <content>Lists and counts. Three ways to the same answer: counters for counts by status, the index in memory for all other filters, and PostgreSQL while that is loaded or where it is too large.</content>
internal sealed partial class PostgresStore
{
    /// <summary>So many workflow ids are sooner looked up one by one than by a scan.</summary>
    private const int FewIds = 100;

    public async ValueTask<VisibilityPage> ListAsync(VisibilityQuery query, int pageSize, byte[]? pageToken, CancellationToken cancellationToken)
    {
        PageToken? after = pageToken is null ? null : PageToken.Parse(pageToken);
        if (!StoreTransactionCheck.IsUuid(query.NamespaceId))
            return new VisibilityPage([], null);
        if (Snapshot(query) is { } snapshot)
            return await PageAsync(snapshot.List(query.Filter, after, pageSize + 1, cancellationToken), pageSize, cancellationToken);
        List<NpgsqlParameter> parameters = [Uuid(query.NamespaceId), P((long)pageSize + 1)];
        var place = "";
        if (after is { } last)
        {
            parameters.AddRange([P(last.CloseOrder), P(last.StartTicks), P(last.RunId)]);
            place = " AND (close_order, start_time, run_id) < ($3, $4, $5)";
        }

        var sql = $"SELECT {VisibilityColumns.Names} FROM visibility WHERE namespace_id = $1 AND {SqlTranslator.Translate(query.Filter, parameters)}{place} ORDER BY close_order DESC, start_time DESC, run_id DESC LIMIT $2";
        return VisibilityPages.Cut(await QueryAsync(sql, parameters, VisibilityColumns.Read, cancellationToken), pageSize);
    }

    public async ValueTask<VisibilityCount> CountAsync(VisibilityQuery query, CancellationToken cancellationToken)
    {
        if (!StoreTransactionCheck.IsUuid(query.NamespaceId))
            return new VisibilityCount([]);
        writer.ThrowIfRefused();
        if (writer.Counters.TryCount(query) is { } counted)
            return counted;
        if (Snapshot(query) is { } snapshot)
            return snapshot.Count(query.Filter, cancellationToken);
        List<NpgsqlParameter> parameters = [Uuid(query.NamespaceId)];
        var sql = $"SELECT status, count(*) FROM visibility WHERE namespace_id = $1 AND {SqlTranslator.Translate(query.Filter, parameters)} GROUP BY status ORDER BY status";
        return new VisibilityCount(await QueryAsync(sql, parameters, r => KeyValuePair.Create((WorkflowExecutionStatus)r.GetInt16(0), r.GetInt64(1)), cancellationToken));
    }

    /// <summary>Whether no more can match than a few workflow ids have, or one run: PostgreSQL finds those sooner than a scan.</summary>
    private static bool IsById(Filter filter) => filter switch
    {
        Filter.And both => IsById(both.Left) || IsById(both.Right),
        Filter.Comparison { Operator: ComparisonOperator.Equal, Field: { IsSystem: true, Name: "WorkflowId" or "RunId" } } => true,
        Filter.In { Field: { IsSystem: true, Name: "WorkflowId" } } @in => @in.Values.Count <= FewIds,
        _ => false,
    };

    private RowSnapshot? Snapshot(VisibilityQuery query) => IsById(query.Filter) ? null : writer.Index.Snapshot(query.NamespaceId);

    /// <summary>The rows at these places. One that has gone meanwhile is missing.</summary>
    private async ValueTask<VisibilityPage> PageAsync(IReadOnlyList<PageToken> places, int pageSize, CancellationToken cancellationToken)
    {
        var ids = places.Take(pageSize).Select((p, i) => (p.RunId, Index: i)).ToDictionary(p => p.RunId, p => p.Index);
        var sql = $"SELECT {VisibilityColumns.Names} FROM visibility WHERE run_id = ANY($1)";
        NpgsqlParameter[] parameters = [new NpgsqlParameter<Guid[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, TypedValue = [.. ids.Keys] }];
        var rows = await QueryAsync(sql, parameters, r => (Row: VisibilityColumns.Read(r), Index: ids[r.GetGuid(0)]), cancellationToken);
        return new VisibilityPage([.. rows.OrderBy(r => r.Index).Select(r => r.Row)], places.Count > pageSize ? places[pageSize - 1].ToBytes() : null);
    }

    /// <summary>All rows of all namespaces.</summary>
    private IAsyncEnumerable<VisibilityRow> RowsForIndexAsync(CancellationToken cancellationToken) =>
        StreamAsync($"SELECT {VisibilityColumns.NamesWithoutMemo} FROM visibility", [], VisibilityColumns.Read, cancellationToken);
}
