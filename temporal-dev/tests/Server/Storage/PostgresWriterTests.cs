using Npgsql;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Storage.Postgres;

namespace Temporalio.DevServer.Tests.Storage;

/// <summary>What only the durable store promises: groups, one writer, and nothing lost when PostgreSQL dies.</summary>
public sealed class PostgresWriterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Commit_WhileAGroupIsBeingWritten_GathersIntoOneTransaction()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await using var store = await OpenAsync(database);
        await using var blocker = new NpgsqlConnection(database + ";Pooling=false");
        await blocker.OpenAsync();
        await using var hold = await blocker.BeginTransactionAsync();
        await ExecuteAsync(blocker, "LOCK TABLE temporal_dev.runs IN ACCESS EXCLUSIVE MODE");

        var first = store.CommitAsync(Sample.New(Sample.Run("first"))).AsTask();
        await UntilAsync(async () => await ScalarAsync(database, "SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
        var others = Enumerable.Range(0, 200).Select(i => store.CommitAsync(Sample.New(Sample.Run($"w{i}"))).AsTask()).ToList();
        first.IsCompleted.ShouldBeFalse("nothing is acknowledged before it is written");
        await hold.CommitAsync();
        await Task.WhenAll([first, .. others]).WaitAsync(Patience);

        (store.Writer.Groups, store.Writer.Transactions).ShouldBe((2, 201));
    }

    [Fact]
    public async Task Open_SecondServerOnTheDatabase_IsRefusedUntilTheFirstLeaves()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        var first = await OpenAsync(database, "server one");

        var refused = await Should.ThrowAsync<StoreFencedException>(() => OpenAsync(database, "server two"));
        refused.Message.ShouldContain("server one");
        await first.CommitAsync(Sample.New(Sample.Run()));
        await first.DisposeAsync();
        await using var second = await OpenAsync(database, "server two");
        await second.CommitAsync(Sample.New(Sample.Run("other")));
    }

    [Fact]
    public async Task Commit_WithAnOldFencingNumber_WritesNothingAndNeverAgain()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await using var store = await OpenAsync(database);
        var run = Sample.Run();
        await store.CommitAsync(Sample.New(run));
        await TestCluster.ExecuteAsync(database, "UPDATE temporal_dev.writer_lease SET fence = fence + 1, owner = 'usurper'");

        await Should.ThrowAsync<StoreFencedException>(async () => await store.CommitAsync(Sample.Next(run, 1)));
        (await ScalarAsync(database, "SELECT version FROM temporal_dev.runs")).ShouldBe(1);
        await Should.ThrowAsync<StoreFencedException>(async () => await store.CommitAsync(Sample.New(Sample.Run("other"))));
        await Should.ThrowAsync<StoreFencedException>(async () => await store.LoadRunAsync(run, default));
    }

    [Fact]
    public async Task Commit_AfterAnotherServerTookOverABrokenSession_IsFenced()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await using var old = await OpenAsync(database, "old");
        await TestCluster.ExecuteAsync(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'temporal-dev writer' AND datname = current_database()");
        await using var successor = await OpenAsync(database, "successor");

        await Should.ThrowAsync<StoreUnavailableException>(async () => await old.CommitAsync(Sample.New(Sample.Run())));
        await UntilAsync(async () => await FailureAsync(() => old.CommitAsync(Sample.New(Sample.Run()))) is StoreFencedException);
        await successor.CommitAsync(Sample.New(Sample.Run()));
        (await ScalarAsync(database, "SELECT count(*) FROM temporal_dev.runs")).ShouldBe(1);
    }

    [Fact]
    public async Task Commit_WriterSessionLost_RecoversByItself()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await using var store = await OpenAsync(database);
        await TestCluster.ExecuteAsync(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'temporal-dev writer' AND datname = current_database()");
        var run = Sample.Run();

        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.CommitAsync(Sample.New(run)));
        await UntilAsync(async () => await FailureAsync(async () => await store.LoadRunAsync(run, default)) is null);
        await store.CommitAsync(Sample.New(run));
    }

    [Fact]
    public async Task Open_SchemaOfANewerServer_IsRefused()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await (await OpenAsync(database)).DisposeAsync();
        await TestCluster.ExecuteAsync(database, "UPDATE temporal_dev.schema_version SET version = 99");

        (await Should.ThrowAsync<StoreRejectedException>(() => OpenAsync(database))).Message.ShouldContain("version 99");
    }

    [Fact]
    public async Task Commit_PostgresCrashesUnderLoad_LosesNothingAcknowledgedAndGoesOn()
    {
        await using var cluster = await TestCluster.StartNewAsync();
        await using var store = await OpenAsync(cluster.ConnectionString);
        var acknowledged = new long[32];
        var failures = 0;
        using var stop = new CancellationTokenSource();
        var load = acknowledged.Select((_, i) => Task.Run(() => WriteAsync(i))).ToList();

        for (var crash = 0; crash < 2; crash++)
        {
            var (target, seen) = (acknowledged.Sum() + 500, Volatile.Read(ref failures));
            await UntilAsync(() => Task.FromResult(acknowledged.Sum() > target));
            await cluster.CrashAsync();
            await UntilAsync(() => Task.FromResult(Volatile.Read(ref failures) > seen));
            await cluster.StartAsync();
        }

        var later = acknowledged.Sum() + 500;
        await UntilAsync(() => Task.FromResult(acknowledged.Sum() > later));
        await stop.CancelAsync();
        await Task.WhenAll(load).WaitAsync(Patience);

        async Task WriteAsync(int index)
        {
            var (run, version) = (Sample.Run($"w{index}"), 0L);
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await store.CommitAsync(version == 0 ? Sample.New(run) : Sample.Next(run, version, Sample.Batch(version + 2, 1)));
                    acknowledged[index] = ++version;
                }
                catch (StoreUnavailableException)
                {
                    Interlocked.Increment(ref failures);
                    var (known, lastEvent) = await KnownAsync(run);
                    // The last write may have happened or not; those before it must have, with their events.
                    known.ShouldBeInRange(version, version + 1);
                    lastEvent.ShouldBe(known == 0 ? 0 : known + 1);
                    version = known;
                }
            }
        }

        async Task<(long Version, long LastEvent)> KnownAsync(RunKey run)
        {
            while (true)
            {
                try
                {
                    var version = (await store.LoadRunAsync(run, default))?.Version ?? 0;
                    var batches = (await store.ReadEventsAsync(run, version + 1, 1000, default)).Batches;
                    return (version, batches.Count == 0 ? 0 : batches[^1].NextEventId - 1);
                }
                catch (StoreUnavailableException)
                {
                    await Task.Delay(20);
                }
            }
        }
    }

    private static Task<PostgresStore> OpenAsync(string database, string owner = "test") =>
        PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = database, Owner = owner, LeaseWait = TimeSpan.FromMilliseconds(200) }, CancellationToken.None);

    private static async Task<Exception?> FailureAsync(Func<ValueTask> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreFencedException or StoreConflictException)
        {
            return e;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
            await Task.Delay(20, limit.Token);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
