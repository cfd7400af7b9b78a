using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Storage.Postgres;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Storage;

/// <summary>Lists and counts of the durable store: they say what was committed, after every kind of change, after lost sessions and restarts.</summary>
public sealed class PostgresVisibilityTests
{
    private static readonly SearchField Colour = new("Colour", IndexedValueType.Keyword, IsSystem: false);

    [Fact]
    public async Task Commit_RowsOpenChangeCloseAndGo_ListAndCountFollow()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        var runs = Enumerable.Range(0, 6).Select(i => Sample.Run($"w{i}")).ToList();
        await using (var store = await OpenAsync(database))
        {
            foreach (var run in runs)
                await store.CommitAsync(Sample.New(run) with { Visibility = Row(run, "red") });
            await store.CommitAsync(Sample.Next(runs[0], 1) with { Visibility = Row(runs[0], "blue") });
            await store.CommitAsync(Sample.Next(runs[1], 1) with { Visibility = Closed(Row(runs[1], "red")), IsLive = false });
            await store.CommitAsync(new StoreTransaction { Deletes = [runs[2]] }, default);

            await AgreeAsync(store);
        }

        await using var again = await OpenAsync(database);
        await AgreeAsync(again);

        async Task AgreeAsync(PostgresStore store)
        {
            (await ListAsync(store, new Filter.All())).ShouldBe(["w5", "w4", "w3", "w0", "w1"], ignoreOrder: true);
            (await ListAsync(store, Is("red"))).ShouldBe(["w5", "w4", "w3", "w1"], ignoreOrder: true);
            (await ListAsync(store, Is("red")))[^1].ShouldBe("w1", "closed ones come last");
            (await ListAsync(store, new Filter.Not(Is("red")))).ShouldBe(["w0"]);
            (await store.CountAsync(Query(Is("red")), default)).ByStatus.ShouldBe([new(WorkflowExecutionStatus.Running, 3), new(WorkflowExecutionStatus.Failed, 1)]);
            (await store.CountAsync(Query(Is("green")), default)).Total.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Count_AfterTheWriterLostItsSession_SaysWhatWasCommitted()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await using var store = await OpenAsync(database);
        var (before, after) = (Sample.Run("before"), Sample.Run("after"));
        await store.CommitAsync(Sample.New(before) with { Visibility = Row(before, "red") });
        await TestCluster.ExecuteAsync(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'temporal-dev writer' AND datname = current_database()");
        // As if a last commit had been written although nobody was told so.
        await TestCluster.ExecuteAsync(database, "UPDATE temporal_dev.visibility SET workflow_type = 'Changed'");
        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.CommitAsync(Sample.New(Sample.Run("lost"))));
        await StoreWaits.UntilAsync(() => IsBackAsync(store));
        await store.CommitAsync(Sample.New(after) with { Visibility = Row(after, "red") });

        (await store.CountAsync(Query(Is("red")), default)).Total.ShouldBe(2);
        (await ListAsync(store, new Filter.Comparison(SystemFields.Columns["WorkflowType"], ComparisonOperator.Equal, "Changed"))).ShouldBe(["before"]);
    }

    private static Task<PostgresStore> OpenAsync(string database) =>
        PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = database }, CancellationToken.None);

    private static VisibilityRow Row(RunKey run, string colour) => Sample.Row(run) with
    {
        Memo = [1, 2, 3],
        SearchAttributes = new Dictionary<string, SearchAttributeValue> { [Colour.Name] = new(Colour.Type, colour) },
    };

    private static VisibilityRow Closed(VisibilityRow row) => row with { Status = WorkflowExecutionStatus.Failed, CloseTime = Sample.Start.AddSeconds(1) };

    private static Filter.Comparison Is(string colour) => new(Colour, ComparisonOperator.Equal, colour);

    private static VisibilityQuery Query(Filter filter) => new(Sample.NamespaceId, filter);

    /// <summary>Workflow ids of all pages of two, each row whole.</summary>
    private static async Task<List<string>> ListAsync(PostgresStore store, Filter filter)
    {
        var (ids, token) = (new List<string>(), (byte[]?)null);
        do
        {
            var page = await store.ListAsync(Query(filter), 2, token, default);
            page.Rows.Count.ShouldBeLessThanOrEqualTo(2);
            page.Rows.ShouldAllBe(r => r.Memo.Length == 3);
            ids.AddRange(page.Rows.Select(r => r.Run.WorkflowId));
            token = page.NextPageToken;
        }
        while (token is not null);
        return ids;
    }

    private static async Task<bool> IsBackAsync(PostgresStore store)
    {
        try
        {
            await store.CountAsync(Query(new Filter.All()), default);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
