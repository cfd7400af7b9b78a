using Npgsql;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage.Postgres;

/// <content>Lists and counts, from the visibility table.</content>
internal sealed partial class PostgresStore
{
    public async ValueTask<VisibilityPage> ListAsync(VisibilityQuery query, int pageSize, byte[]? pageToken, CancellationToken cancellationToken)
    {
        PageToken? after = pageToken is null ? null : PageToken.Parse(pageToken);
        if (!StoreTransactionCheck.IsUuid(query.NamespaceId))
            return new VisibilityPage([], null);
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
        List<NpgsqlParameter> parameters = [Uuid(query.NamespaceId)];
        var sql = $"SELECT status, count(*) FROM visibility WHERE namespace_id = $1 AND {SqlTranslator.Translate(query.Filter, parameters)} GROUP BY status ORDER BY status";
        return new VisibilityCount(await QueryAsync(sql, parameters, r => KeyValuePair.Create((WorkflowExecutionStatus)r.GetInt16(0), r.GetInt64(1)), cancellationToken));
    }
}
