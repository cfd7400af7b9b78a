using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Storage.Postgres;
using Temporalio.DevServer.Tests.Storage;
using Temporalio.DevServer.Visibility;
using Temporalio.DevServer.Visibility.Columns;

namespace Temporalio.DevServer.Tests.Visibility;

/// <summary>Filters in memory, in SQL and over columns must find the same rows: generated rows, generated filters, from a seed that a failure names.</summary>
public sealed class FilterAgreementTests
{
    private const int Rows = 150;
    private const int Filters = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public async Task GeneratedFilters_OnGeneratedRows_FindTheSameInMemoryAndInSql(int seed)
    {
        var generated = new GeneratedFilters(new Random(seed), spread: 1);
        await using var memory = new MemoryStore();
        await using var postgres = await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = await TestCluster.CreateDatabaseAsync(), IndexBytes = 0 }, default);
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

    /// <summary>With a spread of 1 most columns are of few values, with the other most are not.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 300)]
    [InlineData(20261122, 300)]
    public async Task GeneratedFilters_OnGeneratedRows_FindTheSameInMemoryAndOverColumns(int seed, int spread)
    {
        var generated = new GeneratedFilters(new Random(seed), spread);
        await using var memory = new MemoryStore();
        var rows = Enumerable.Range(0, 1500).Select(generated.Row).ToArray();
        await memory.CommitAsync(rows);
        var (first, second) = (Segment(rows[..600]), Segment(rows[600..1301]));
        var snapshot = new RowSnapshot([(first, RowSet.All(first.Rows)), (second, RowSet.All(second.Rows))], [.. rows[1301..].Select(r => r.Visibility!)]);

        var matches = 0;
        for (var i = 0; i < Filters; i++)
        {
            var filter = generated.Filter();
            var query = new VisibilityQuery(Sample.NamespaceId, filter);
            var expected = (await memory.ListAsync(query, rows.Length, null, default)).Rows.Select(PageToken.After).ToList();
            snapshot.List(filter, after: null, rows.Length, default).ShouldBe(expected, $"seed {seed}, filter {i}: {filter}");
            snapshot.List(filter, expected.Count > 2 ? expected[2] : null, 5, default).ShouldBe(expected.Count > 2 ? expected.Skip(3).Take(5) : expected, $"seed {seed}, filter {i}: {filter}");
            snapshot.Count(filter, default).ByStatus.ShouldBe((await memory.CountAsync(query, default)).ByStatus, $"seed {seed}, filter {i}: {filter}");
            matches += expected.Count > 0 && expected.Count < rows.Length ? 1 : 0;
        }

        matches.ShouldBeGreaterThan(Filters / 4, "filters that match all or nothing prove little");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public void Segment_Row_ComesBackAsItWas(int spread)
    {
        var generated = new GeneratedFilters(new Random(3), spread);
        var rows = Enumerable.Range(0, 700).Select(i => generated.Row(i).Visibility!).ToList();
        var segment = new Segment(Sample.NamespaceId, rows);

        for (var i = 0; i < rows.Count; i++)
        {
            var (was, found) = (rows[i], segment.Row(i));
            segment.Find(Guid.Parse(was.Run.RunId)).ShouldBe(i);
            foreach (var field in SystemFields.Columns.Values)
                found.Value(field).ShouldBe(was.Value(field), $"row {i}, {field.Name}");
            foreach (var (name, attribute) in was.SearchAttributes.Where(a => a.Value.Value is not ""))
            {
                found.SearchAttributes[name].Type.ShouldBe(attribute.Type);
                found.SearchAttributes[name].Value.ShouldBe(attribute.Value, $"row {i}, {name}");
            }
        }
    }

    private static Segment Segment(IEnumerable<RunWrite> rows) => new(Sample.NamespaceId, [.. rows.Select(r => r.Visibility!)]);
}
