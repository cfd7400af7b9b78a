using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Storage.Postgres;
using Temporalio.DevServer.Tests.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Visibility;

/// <summary>Lists and counts over a hundred thousand workflows: as many as one machine is meant for.</summary>
public sealed class HundredThousandTests(ITestOutputHelper output)
{
    private const int Rows = 100_000;
    private const int PageSize = 100;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    /// <summary>Each finds its rows through an index: by id, type, status, times, and by a value of a search attribute.</summary>
    private static readonly string[] Indexed =
    [
        "", "ExecutionStatus = 'Running'", "ExecutionStatus != 'Running'", "ExecutionStatus IN ('Completed', 'Failed')", "WorkflowType = 'Transfer'", "WorkflowType = 'Transfer' AND ExecutionStatus = 'Running'",
        "WorkflowId = 'settlement-77'", "WorkflowId STARTS_WITH 'settlement-77'", "WorkflowId IN ('settlement-1', 'settlement-2', 'nope')", "StartTime > '2025-11-24T00:00:00Z'",
        "StartTime BETWEEN '2025-11-23T12:00:00Z' AND '2025-11-23T18:00:00Z'", "CloseTime > '2025-11-24T00:00:00Z'", "Bank = 'bank-7'", "Bank = 'bank-7' AND ExecutionStatus = 'Running'", "Amount = 7", "Tags = 't3'",
    ];

    /// <summary>These read every row.</summary>
    private static readonly string[] Unindexed = ["Stage = 'done'", "Amount > 9000", "NOT Bank = 'bank-7'", "ExecutionDuration > '50s'", "TaskQueue = 'q'", "RootWorkflowId = 'settlement-9'"];

    private static readonly Dictionary<string, SearchField> Attributes = new SearchField[]
    {
        new("Bank", IndexedValueType.Keyword, IsSystem: false),
        new("Stage", IndexedValueType.Keyword, IsSystem: false),
        new("Amount", IndexedValueType.Int, IsSystem: false),
        new("Tags", IndexedValueType.KeywordList, IsSystem: false),
    }.ToDictionary(f => f.Name);

    [Fact]
    public async Task ListAndCount_InPostgres_AnswerThroughIndexesWithinATenthOfASecond()
    {
        var database = await TestCluster.CreateDatabaseAsync();
        await using (var store = await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = database }, default))
        {
            await TestCluster.ExecuteAsync(database, Fill);
            // What PostgreSQL does by itself within a minute.
            await TestCluster.ExecuteAsync(database, "VACUUM ANALYZE temporal_dev.visibility");
            (await store.CountAsync(Query(""), default)).Total.ShouldBe(Rows);
            foreach (var filter in Unindexed)
                await MeasureAsync(store, filter);
        }

        var scansBefore = await ScansAsync(database);
        await using (var store = await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = database }, default))
        {
            foreach (var filter in Indexed)
                (await MeasureAsync(store, filter)).ShouldBeLessThan(Limit, filter);
        }

        (await ScansAsync(database)).ShouldBe(scansBefore, "a filter with an index read the whole table");
    }

    [Fact]
    public async Task ListAndCount_InMemory_AnswerWithinASecond()
    {
        await using var store = new MemoryStore();
        await store.CommitAsync([.. Enumerable.Range(1, Rows).Select(Row)]);

        foreach (var filter in (string[])[.. Indexed, .. Unindexed])
            (await MeasureAsync(store, filter)).ShouldBeLessThan(TimeSpan.FromSeconds(1), filter);
    }

    /// <summary>The better of list and count is of no interest: the slower one, at its best of nine (others use the machine, too).</summary>
    private async Task<TimeSpan> MeasureAsync(IStore store, string filter)
    {
        var query = Query(filter);
        var list = await BestAsync(async () => await store.ListAsync(query, PageSize, null, default));
        var count = await BestAsync(async () => await store.CountAsync(query, default));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"list {list.TotalMilliseconds:0.0} ms, count {count.TotalMilliseconds:0.0} ms: {filter}"));
        return list > count ? list : count;
    }

    private static async Task<TimeSpan> BestAsync(Func<Task> call)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 9; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await call();
            var took = Stopwatch.GetElapsedTime(started);
            best = took < best ? took : best;
        }

        return best;
    }

    private static VisibilityQuery Query(string filter) => VisibilityQuery.OfUsers(
        Sample.NamespaceId, QueryParser.Parse(filter, name => SystemFields.Columns.GetValueOrDefault(name) ?? Attributes.GetValueOrDefault(name)).Filter);

    /// <summary>How often the whole table was read. PostgreSQL counts it when a session ends.</summary>
    private static async Task<long> ScansAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var others = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'temporal-dev%'", connection);
        await StoreWaits.UntilAsync(async () => (long)(await others.ExecuteScalarAsync())! == 0);
        await using var scans = new NpgsqlCommand("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'visibility'", connection);
        return (long)(await scans.ExecuteScalarAsync())!;
    }

    private static RunWrite Row(int i)
    {
        var run = Sample.Run("settlement-" + i.ToString(CultureInfo.InvariantCulture));
        var start = Sample.Start.AddDays(-2).AddSeconds(i);
        return Sample.New(run) with
        {
            Visibility = Sample.Row(run) with
            {
                WorkflowType = i % 5 == 0 ? "Transfer" : "Purchase",
                Status = i % 10 == 0 ? WorkflowExecutionStatus.Running : WorkflowExecutionStatus.Completed,
                StartTime = start,
                CloseTime = i % 10 == 0 ? null : start.AddSeconds(50),
                SearchAttributes = new Dictionary<string, SearchAttributeValue>
                {
                    ["Bank"] = new(IndexedValueType.Keyword, $"bank-{i % 1000}"),
                    ["Stage"] = new(IndexedValueType.Keyword, i % 3 == 0 ? "held" : "done"),
                    ["Amount"] = new(IndexedValueType.Int, (long)(i % 10_000)),
                    ["Tags"] = new(IndexedValueType.KeywordList, new[] { $"t{i % 20}", $"t{i / 3 % 20}" }),
                },
            },
        };
    }

    /// <summary>Rows as the server writes them, a second apart from 2025-11-23 on; one of ten is open.</summary>
    private static readonly string Fill = $$"""
        INSERT INTO temporal_dev.visibility
        SELECT md5(i::text)::uuid, '{{Sample.NamespaceId}}', 'settlement-' || i, (array['Transfer', 'Purchase', 'Report', 'Sweep', 'Notice'])[1 + i % 5], 'q',
            CASE WHEN i % 10 = 0 THEN 1 WHEN i % 10 < 8 THEN 2 ELSE 3 END, start, start, closed, coalesce(closed, 9223372036854775807), (closed - start) * 100,
            CASE WHEN i % 10 = 0 THEN 0 ELSE 11 END, 2000, 7, NULL, NULL, 'settlement-' || i, md5(i::text), '', ''::bytea,
            jsonb_build_object('Keyword:Bank', 'bank-' || i % 1000, 'Keyword:Stage', (array['done', 'done', 'held'])[1 + i / 7 % 3], 'Int:Amount', i % 10000,
                'KeywordList:Tags', jsonb_build_array('t' || i % 20, 't' || i / 3 % 20))
        FROM (
            SELECT i, {{new DateTime(2025, 11, 23, 0, 0, 0, DateTimeKind.Utc).Ticks}} + i * 10000000::bigint AS start,
                CASE WHEN i % 10 = 0 THEN NULL ELSE {{new DateTime(2025, 11, 23, 0, 0, 50, DateTimeKind.Utc).Ticks}} + i * 10000000::bigint END AS closed
            FROM generate_series(1, {{Rows}}) i
        ) AS made
        """;
}
