using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Storage.Postgres;
using Temporalio.DevServer.Tests.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Visibility;

/// <summary>Filters in memory and in SQL must find the same rows: generated rows, generated filters, from a seed that a failure names.</summary>
public sealed class FilterAgreementTests
{
    private const int Rows = 150;
    private const int Filters = 400;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 300)]
    [InlineData(20261122, 1)]
    [InlineData(20261122, 300)]
    public async Task GeneratedFilters_OnGeneratedRows_FindTheSameInMemoryAndInSql(int seed, int spread)
    {
        var generated = new GeneratedFilters(new Random(seed), spread);
        await using var memory = new MemoryStore();
        await using var postgres = await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = await TestCluster.CreateDatabaseAsync() }, default);
        var rows = Enumerable.Range(0, Rows).Select(generated.Row).ToArray();
        await memory.CommitAsync(rows);
        await postgres.CommitAsync(rows);

        var matches = 0;
        for (var i = 0; i < Filters; i++)
        {
            var filter = generated.Filter();
            var query = new VisibilityQuery(Sample.NamespaceId, filter);
            var expected = (await memory.ListAsync(query, Rows, null, default)).Rows.Select(r => r.Run.RunId).ToList();
            var actual = (await postgres.ListAsync(query, Rows, null, default)).Rows.Select(r => r.Run.RunId).ToList();
            actual.ShouldBe(expected, $"seed {seed}, filter {i}: {filter}");
            (await postgres.CountAsync(query, default)).ByStatus.ShouldBe((await memory.CountAsync(query, default)).ByStatus, $"seed {seed}, filter {i}: {filter}");
            matches += expected.Count is > 0 and < Rows ? 1 : 0;
        }

        matches.ShouldBeGreaterThan(Filters / 4, "filters that match all or nothing prove little");
    }
}
