using System.Collections.Concurrent;
using Npgsql;

namespace Settlement.Drills.Simulation;

/// <summary>Sees in the database which settlements have ended, for those who wait for one.</summary>
internal sealed class EndWatch : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly NpgsqlDataSource database;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> open = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;
    private int ended;

    public EndWatch(NpgsqlDataSource database)
    {
        this.database = database;
        loop = WatchAsync();
    }

    /// <summary>How many of those asked for have ended.</summary>
    public int Ended => Volatile.Read(ref ended);

    /// <summary>How many of those asked for have not.</summary>
    public int Open => open.Count;

    /// <summary>Completes when the settlement is SETTLED, FAILED or CANCELLED.</summary>
    public Task EndedAsync(Guid settlement) => open.GetOrAdd(settlement, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                foreach (var id in await FindEndedAsync())
                {
                    if (!open.TryRemove(id, out var waiting))
                        continue;
                    Interlocked.Increment(ref ended);
                    waiting.SetResult();
                }
            }
            catch (Exception error) when (error is NpgsqlException or OperationCanceledException)
            {
                // The database is down by one of the faults, or the run is over: look again, or leave.
                await Task.Yield();
            }

            await Task.Delay(Look, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<Guid>> FindEndedAsync()
    {
        await using var command = database.CreateCommand("""
            SELECT settlement_id FROM settlement.settlement_transactions WHERE settlement_id = ANY ($1) AND status IN ('SETTLED', 'FAILED', 'CANCELLED')
            """);
        command.Parameters.Add(new() { Value = open.Keys.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(stop.Token);
        var found = new List<Guid>();
        while (await reader.ReadAsync(stop.Token))
            found.Add(reader.GetGuid(0));
        return found;
    }
}
