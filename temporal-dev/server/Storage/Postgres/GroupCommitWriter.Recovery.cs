using Npgsql;

namespace Temporalio.DevServer.Storage.Postgres;

internal sealed partial class GroupCommitWriter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>A new writing session: commits are flushed whatever the database's default, and a half-open connection is noticed by PostgreSQL soon.</summary>
    private static async Task<NpgsqlConnection> ConnectAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var prepare = new NpgsqlCommand("SET synchronous_commit = on; SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3", connection);
            await prepare.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tries until the database is back and the lease is still ours; answers those who come meanwhile.</summary>
    private async Task RecoverAsync()
    {
        await connection.DisposeAsync();
        var pause = FirstPause;
        while (true)
        {
            FailQueued();
            if (await TryReconnectAsync())
                return;
            await Task.Delay(pause, stopping.Token);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <returns>True when there is nothing more to try: the session is back, or another server has the database.</returns>
    private async Task<bool> TryReconnectAsync()
    {
        try
        {
            var fresh = await ConnectAsync(connectionString, stopping.Token);
            connection = fresh;
            if (await lease.ResumeAsync(fresh, stopping.Token))
            {
                refusal = null;
                return true;
            }

            await fresh.DisposeAsync();
            return false;
        }
        catch (StoreFencedException e)
        {
            await connection.DisposeAsync();
            refusal = e;
            return true;
        }
        catch (Exception e) when (PostgresErrors.IsAway(e))
        {
            refusal = PostgresErrors.Unavailable(e);
            await connection.DisposeAsync();
            return false;
        }
    }

    private void Refuse(List<CommitRequest> group, Exception reason)
    {
        refusal = reason;
        FailAll(group, reason);
    }

    private void FailQueued()
    {
        while (queue.Reader.TryRead(out var request))
            Finish(request, refusal ?? new StoreUnavailableException("The store is closing."));
    }

    private void FailAll(List<CommitRequest> group, Exception reason)
    {
        foreach (var request in group)
            Finish(request, reason);
    }

    private void Finish(CommitRequest request, Exception? failure)
    {
        if (request.TryFinish(failure is null ? null : Copy(failure)))
            Interlocked.Add(ref queuedBytes, -request.Bytes);
    }

    /// <summary>Each caller gets an exception of its own: one that is thrown in many places at once gathers all their stacks.</summary>
    private static Exception Copy(Exception reason) => reason switch
    {
        StoreUnavailableException => new StoreUnavailableException(reason.Message, reason.InnerException),
        StoreFencedException => new StoreFencedException(reason.Message),
        _ => reason,
    };
}
