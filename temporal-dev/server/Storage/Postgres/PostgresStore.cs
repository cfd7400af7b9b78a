using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Npgsql;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>
/// The durable store. Writes go through one <see cref="GroupCommitWriter"/>; reads use a pool of their own. While the writer does not know what its last
/// commit has become, reads are refused too, so that nobody acts on what may be about to change.
/// </summary>
internal sealed partial class PostgresStore : IStore
{
    /// <summary>Rows of one read of events; large histories come in several pages.</summary>
    private const int MaxBatchesPerPage = 256;

    private readonly NpgsqlDataSource readers;
    private readonly GroupCommitWriter writer;

    private PostgresStore(NpgsqlDataSource readers, GroupCommitWriter writer)
    {
        this.readers = readers;
        this.writer = writer;
    }

    public bool IsDurable => true;

    /// <summary>For measurements and tests.</summary>
    public GroupCommitWriter Writer => writer;

    /// <summary>Opens the store: creates its schema where it is missing and takes the right to write.</summary>
    /// <exception cref="StoreFencedException">Another server writes to the database.</exception>
    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    /// <exception cref="StoreRejectedException">The database belongs to a newer server.</exception>
    public static async Task<PostgresStore> OpenAsync(PostgresStoreOptions options, CancellationToken cancellationToken)
    {
        var common = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            SearchPath = SchemaInstaller.Schema,
            CommandTimeout = options.CommandTimeoutSeconds,
            Timeout = 5,
            TcpKeepAlive = true,
        };
        // The writer sends the same few statements all the time: PostgreSQL plans them once.
        var writing = new NpgsqlConnectionStringBuilder(common.ConnectionString) { Pooling = false, MaxAutoPrepare = 40, AutoPrepareMinUsages = 2, ApplicationName = "temporal-dev writer" };
        var writer = await GroupCommitWriter.StartAsync(options, writing.ConnectionString, cancellationToken);
        // Compiling a count costs more than running it; and with pages in memory or on SSD a count is cheaper from an index than from the table.
        var reading = new NpgsqlConnectionStringBuilder(common.ConnectionString) { MaxPoolSize = options.MaxReaders, Options = "-c jit=off -c random_page_cost=1.1", ApplicationName = "temporal-dev reader" };
        return new PostgresStore(NpgsqlDataSource.Create(reading), writer);
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await readers.DisposeAsync();
    }

    public ValueTask CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken) => writer.SubmitAsync(transaction, cancellationToken);

    public async IAsyncEnumerable<LiveRun> ScanLiveRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Sql = "SELECT namespace_id, workflow_id, run_id, next_due, has_tasks FROM runs WHERE is_live";
        await foreach (var run in StreamAsync(Sql, [], r => new LiveRun(Key(r), r.IsDBNull(3) ? null : Time(r.GetInt64(3)), r.GetBoolean(4)), cancellationToken))
            yield return run;
    }

    private static RunKey Key(NpgsqlDataReader reader) => new(reader.GetGuid(0).ToString("D"), reader.GetString(1), reader.GetGuid(2).ToString("D"));

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static NpgsqlParameter<T> P<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter<Guid> Uuid(string id) => P(Guid.ParseExact(id, "D"));

    private async ValueTask<List<T>> QueryAsync<T>(string sql, IReadOnlyList<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await foreach (var row in StreamAsync(sql, parameters, read, cancellationToken))
            rows.Add(row);
        return rows;
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(string sql, IReadOnlyList<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        writer.ThrowIfRefused();
        await using var command = readers.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        await using var reader = await GuardAsync(command.ExecuteReaderAsync(cancellationToken));
        while (await GuardAsync(reader.ReadAsync(cancellationToken)))
            yield return read(reader);
    }

    private static async Task<T> GuardAsync<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (Exception e) when (PostgresErrors.IsAway(e))
        {
            throw PostgresErrors.Unavailable(e);
        }
    }

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

/// <summary>How the store uses its database.</summary>
internal sealed class PostgresStoreOptions
{
    /// <summary>Npgsql connection string of a database in which the user may create a schema. Required.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Who this server is, for the message that another one gets. Host and process by default.</summary>
    public string Owner { get; init; } = $"{Environment.MachineName}, process {Environment.ProcessId}";

    /// <summary>How long to wait for another server to leave the database before refusing to start.</summary>
    public TimeSpan LeaseWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many transactions may wait to be written; more callers wait in turn.</summary>
    public int MaxQueued { get; init; } = 4096;

    /// <summary>How many bytes may wait to be written; more are refused as unavailable.</summary>
    public long MaxQueuedBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>How many transactions go into one of PostgreSQL's.</summary>
    public int MaxGroup { get; init; } = 512;

    /// <summary>Connections for reading.</summary>
    public int MaxReaders { get; init; } = 16;

    /// <summary>How long one statement may take, in whole seconds, before the database counts as away. At least 1.</summary>
    public int CommandTimeoutSeconds { get; init; } = 30;
}

/// <summary>Tells a database that is away from one that refuses what it is given.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether the same call may well succeed later. Class 25006 is a primary that has become a standby, 53 includes a full disk.</summary>
    public static bool IsAway(Exception exception) => exception switch
    {
        PostgresException refused => refused.SqlState is "25006" or "55P03" || refused.SqlState[..2] is "08" or "28" or "40" or "53" or "57" or "58" or "XX",
        NpgsqlException or TimeoutException or IOException or SocketException => true,
        _ => false,
    };

    /// <summary>The exception that callers of the store get for it.</summary>
    public static StoreUnavailableException Unavailable(Exception exception) => new($"PostgreSQL does not answer: {exception.Message}", exception);
}
