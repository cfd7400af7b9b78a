using System.Threading.Channels;
using Npgsql;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>
/// Writes transactions in groups: while one group goes to disk the next one gathers, so that one flush serves all who wait. One connection, one
/// task, strictly in order. A transaction that conflicts or is refused takes no other down with it: its group is then written one by one.
/// </summary>
internal sealed partial class GroupCommitWriter : IAsyncDisposable
{
    private const long MaxGroupBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(10);

    private readonly PostgresStoreOptions options;
    private readonly string connectionString;
    private readonly WriterLease lease;
    private readonly Channel<CommitRequest> queue;
    private readonly CancellationTokenSource stopping = new();
    private NpgsqlConnection connection;
    private Task loop = Task.CompletedTask;
    private long queuedBytes;
    private long groups;
    private long transactions;
    private volatile Exception? refusal;

    private GroupCommitWriter(PostgresStoreOptions options, string connectionString, NpgsqlConnection connection, WriterLease lease)
    {
        this.options = options;
        this.connectionString = connectionString;
        this.connection = connection;
        this.lease = lease;
        queue = Channel.CreateBounded<CommitRequest>(new BoundedChannelOptions(options.MaxQueued) { SingleReader = true });
    }

    /// <summary>How many transactions of PostgreSQL have been committed.</summary>
    public long Groups => Interlocked.Read(ref groups);

    /// <summary>How many of the callers' transactions they held.</summary>
    public long Transactions => Interlocked.Read(ref transactions);

    /// <summary>Connects, creates the schema where it is missing, takes the lease and begins to write.</summary>
    /// <exception cref="StoreFencedException">Another server writes to the database.</exception>
    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    public static async Task<GroupCommitWriter> StartAsync(PostgresStoreOptions options, string connectionString, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await ConnectAsync(connectionString, cancellationToken);
            await SchemaInstaller.InstallAsync(connection, cancellationToken);
            var lease = new WriterLease(options.Owner);
            await lease.AcquireAsync(connection, options.LeaseWait, cancellationToken);
            var writer = new GroupCommitWriter(options, connectionString, connection, lease);
            connection = null;
            writer.loop = Task.Run(writer.RunAsync, CancellationToken.None);
            return writer;
        }
        catch (Exception e) when (PostgresErrors.IsAway(e))
        {
            throw PostgresErrors.Unavailable(e);
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }

    /// <summary>Throws while nothing can be written; what was last acknowledged is then not known either.</summary>
    public void ThrowIfRefused()
    {
        if (refusal is { } reason)
            throw Copy(reason);
    }

    /// <summary>Queues a transaction and returns when it is durable.</summary>
    public async ValueTask SubmitAsync(StoreTransaction transaction, CancellationToken cancellationToken)
    {
        ThrowIfRefused();
        var request = new CommitRequest(transaction, StoreTransactionCheck.Check(transaction));
        if (Interlocked.Add(ref queuedBytes, request.Bytes) > options.MaxQueuedBytes)
        {
            Interlocked.Add(ref queuedBytes, -request.Bytes);
            throw new StoreUnavailableException($"More than {options.MaxQueuedBytes} bytes wait to be written.");
        }

        try
        {
            await queue.Writer.WriteAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            Interlocked.Add(ref queuedBytes, -request.Bytes);
            if (e is OperationCanceledException)
                throw;
            throw new StoreUnavailableException("The store is closing.", e);
        }

        await request.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what is queued, for a moment, and leaves the database to others.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        stopping.CancelAfter(refusal is null ? LastWrites : TimeSpan.Zero);
        await loop;
        await connection.DisposeAsync();
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        List<CommitRequest> group = [];
        try
        {
            while (await queue.Reader.WaitToReadAsync(stopping.Token))
            {
                group = Gather();
                if (refusal is { } reason)
                    FailAll(group, reason);
                else
                    await WriteAsync(group);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Only reached while the database is away or hangs; those who wait are told below.
            refusal ??= new StoreUnavailableException("The store is closing.");
        }
        catch (Exception e)
        {
            // A bug: nobody may wait for a writer that is gone.
            refusal = new StoreUnavailableException($"The writer has failed: {e.Message}", e);
            queue.Writer.TryComplete();
        }

        // Those in hand that have their outcome keep it.
        FailAll(group, refusal ?? new StoreUnavailableException("The store is closing."));
        FailQueued();
    }

    /// <summary>Takes as many as go together: not too many, not too large, no two that touch the same thing.</summary>
    private List<CommitRequest> Gather()
    {
        var group = new List<CommitRequest>();
        var touched = new HashSet<object>();
        var bytes = 0L;
        while (group.Count < options.MaxGroup && bytes < MaxGroupBytes && queue.Reader.TryPeek(out var next))
        {
            var touches = next.Touches().ToList();
            if (group.Count > 0 && touches.Any(touched.Contains))
                break;
            touched.UnionWith(touches);
            bytes += next.Bytes;
            queue.Reader.TryRead(out _);
            group.Add(next);
        }

        return group;
    }

    private async Task WriteAsync(List<CommitRequest> group)
    {
        try
        {
            await TransactAsync(group);
            Interlocked.Increment(ref groups);
            Interlocked.Add(ref transactions, group.Count);
            foreach (var request in group)
                Finish(request, null);
        }
        catch (StoreFencedException e)
        {
            Refuse(group, e);
        }
        catch (Exception e) when (PostgresErrors.IsAway(e) || connection.FullState != System.Data.ConnectionState.Open)
        {
            // Refused before the callers learn of it: whoever loads a run again now must not read what a commit in flight may yet change.
            Refuse(group, PostgresErrors.Unavailable(e));
            await RecoverAsync();
        }
        catch (Exception) when (group.Count > 1)
        {
            await WriteOneByOneAsync(group);
        }
        catch (StoreConflictException e)
        {
            Finish(group[0], e);
        }
        catch (Exception e)
        {
            Finish(group[0], new StoreRejectedException($"PostgreSQL refuses a transaction: {e.Message}", e));
        }
    }

    private async Task WriteOneByOneAsync(List<CommitRequest> group)
    {
        foreach (var request in group)
        {
            if (refusal is { } reason)
                Finish(request, reason);
            else
                await WriteAsync([request]);
        }
    }

    private async Task TransactAsync(List<CommitRequest> group)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction) { Timeout = options.CommandTimeoutSeconds };
        batch.BatchCommands.Add(WriterLease.Check());
        var expected = CommitStatements.Add(batch, group);
        var fence = 0L;
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            if (await reader.ReadAsync())
                fence = reader.GetInt64(0);
            // The other statements return no rows: this runs them all.
            await reader.NextResultAsync();
        }

        if (fence != lease.Fence)
            throw WriterLease.Lost($"fencing number {fence}, ours is {lease.Fence}");
        for (var i = 0; i < expected.Count; i++)
        {
            if (expected[i] is { } rows && batch.BatchCommands[i + 1].RecordsAffected != rows)
                throw new StoreConflictException("A run, a current run or a document is not what the writer expected.");
        }

        await transaction.CommitAsync();
    }
}
