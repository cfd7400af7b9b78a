using Npgsql;

namespace Settlement.Database;

/// <summary>
/// Reads reference data at most every <see cref="MaxAge"/>, so that a kill switch acts within a second on every process
/// without asking the database for every settlement.
/// </summary>
public sealed class ReferenceDataCache(NpgsqlDataSource dataSource, TimeProvider? clock = null) : IDisposable
{
    /// <summary>How old an answer may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Entry? current;

    /// <summary>A view that is at most <see cref="MaxAge"/> old.</summary>
    /// <exception cref="NpgsqlException">The database cannot be asked: nothing is assumed in its place.</exception>
    public async Task<ReferenceData> GetAsync(CancellationToken cancellationToken = default)
    {
        if (Fresh() is { } fresh)
            return fresh;
        await reading.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } meanwhile)
                return meanwhile;
            // The age counts from before the question, because the answer may be as old as that.
            var asked = clock.GetTimestamp();
            var data = await ReferenceDataLoader.LoadAsync(dataSource, cancellationToken);
            current = new Entry(data, asked);
            return data;
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();

    private ReferenceData? Fresh() => current is { } entry && clock.GetElapsedTime(entry.Asked) < MaxAge ? entry.Data : null;

    private sealed record Entry(ReferenceData Data, long Asked);
}
