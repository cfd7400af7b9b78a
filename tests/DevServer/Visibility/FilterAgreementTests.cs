using System.Globalization;
using Temporalio.Api.Enums.V1;
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

    private static readonly SearchField[] Fields =
    [
        .. SystemFields.Columns.Values,
        .. SystemFields.Predefined.Values.Where(f => f.Name is SystemFields.NamespaceDivision or "BuildIds" or "TemporalScheduledStartTime"),
        new("K", IndexedValueType.Keyword, IsSystem: false),
        new("I", IndexedValueType.Int, IsSystem: false),
        new("D", IndexedValueType.Double, IsSystem: false),
        new("B", IndexedValueType.Bool, IsSystem: false),
        new("T", IndexedValueType.Datetime, IsSystem: false),
        new("L", IndexedValueType.KeywordList, IsSystem: false),
        new("X", IndexedValueType.Text, IsSystem: false),
        new("It's \"odd\"; --", IndexedValueType.Keyword, IsSystem: false),
    ];

    /// <summary>Few values, so that filters often match; among them those that sort differently in UTF-8 and UTF-16, and what SQL must not interpret.</summary>
    private static readonly string[] Texts = ["", "a", "ab", "abc", "B", "a'; DROP TABLE visibility; --", "%", "_", "\\", "\uFFFD", "\U0001F4B6", "é", "Running", "ab É a"];

    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public async Task GeneratedFilters_OnGeneratedRows_FindTheSameInMemoryAndInSql(int seed)
    {
        var random = new Random(seed);
        await using var memory = new MemoryStore();
        await using var postgres = await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = await TestCluster.CreateDatabaseAsync() }, default);
        var rows = Enumerable.Range(0, Rows).Select(i => Row(random, i)).ToArray();
        await memory.CommitAsync(rows);
        await postgres.CommitAsync(rows);

        var matches = 0;
        for (var i = 0; i < Filters; i++)
        {
            var filter = Generate(random, depth: 3);
            var query = new VisibilityQuery(Sample.NamespaceId, filter);
            var expected = (await memory.ListAsync(query, Rows, null, default)).Rows.Select(r => r.Run.RunId).ToList();
            var actual = (await postgres.ListAsync(query, Rows, null, default)).Rows.Select(r => r.Run.RunId).ToList();
            actual.ShouldBe(expected, $"seed {seed}, filter {i}: {filter}");
            (await postgres.CountAsync(query, default)).ByStatus.ShouldBe((await memory.CountAsync(query, default)).ByStatus, $"seed {seed}, filter {i}: {filter}");
            matches += expected.Count is > 0 and < Rows ? 1 : 0;
        }

        matches.ShouldBeGreaterThan(Filters / 4, "filters that match all or nothing prove little");
    }

    private static RunWrite Row(Random random, int index)
    {
        var run = Sample.Run(Text(random) + index.ToString(CultureInfo.InvariantCulture));
        var closed = random.Next(2) == 0;
        var row = Sample.Row(run) with
        {
            WorkflowType = Text(random),
            TaskQueue = Text(random),
            Status = closed ? (WorkflowExecutionStatus)random.Next(2, 8) : WorkflowExecutionStatus.Running,
            StartTime = Time(random),
            ExecutionTime = Time(random),
            CloseTime = closed ? Time(random) : null,
            HistoryLength = random.Next(5),
            HistorySizeBytes = random.Next(5),
            StateTransitionCount = random.Next(5),
            ParentWorkflowId = random.Next(2) == 0 ? null : Text(random),
            RootRunId = random.Next(2) == 0 ? null : run.RunId,
            SearchAttributes = Fields.Where(f => !f.IsSystem && random.Next(2) == 0).ToDictionary(f => f.Name, f => Attribute(f, random)),
        };
        return Sample.New(run) with { Visibility = row };
    }

    /// <summary>Now and then with a type that the attribute had before: such a value must not be seen.</summary>
    private static SearchAttributeValue Attribute(SearchField field, Random random)
    {
        if (random.Next(10) == 0 && field.Name != SystemFields.NamespaceDivision)
            return field.Type == IndexedValueType.Int ? new(IndexedValueType.Keyword, Text(random)) : new(IndexedValueType.Int, 1L);
        return new(field.Type, field.Type == IndexedValueType.KeywordList
            ? Enumerable.Range(0, random.Next(3)).Select(_ => Text(random)).ToArray()
            : Value(field, random));
    }

    private static Filter Generate(Random random, int depth) => (depth == 0 ? 3 : random.Next(6)) switch
    {
        0 => new Filter.And(Generate(random, depth - 1), Generate(random, depth - 1)),
        1 => new Filter.Or(Generate(random, depth - 1), Generate(random, depth - 1)),
        2 => new Filter.Not(Generate(random, depth - 1)),
        _ => Leaf(Fields[random.Next(Fields.Length)], random),
    };

    private static Filter Leaf(SearchField field, Random random) => random.Next(8) switch
    {
        0 => new Filter.IsNull(field),
        2 when field.Type != IndexedValueType.Text => new Filter.In(field, [Value(field, random), Value(field, random)]),
        _ when field.Type is IndexedValueType.KeywordList or IndexedValueType.Text => new Filter.Comparison(field, (ComparisonOperator)random.Next(2), Value(field, random)),
        1 => new Filter.Between(field, Value(field, random), Value(field, random)),
        3 when field.Type is IndexedValueType.Keyword && field.Name != SystemFields.ExecutionStatus => new Filter.StartsWith(field, Text(random)),
        _ => new Filter.Comparison(field, (ComparisonOperator)random.Next(6), Value(field, random)),
    };

    private static object Value(SearchField field, Random random) => field.Type switch
    {
        IndexedValueType.Int when field.Name == SystemFields.ExecutionDuration => random.Next(-3, 4) * 100L,
        IndexedValueType.Int when random.Next(6) == 0 => long.MaxValue,
        IndexedValueType.Int => (long)random.Next(5),
        IndexedValueType.Double => new[] { 0.0, -0.0, 75.24, 1e300, 5e-324, -1.5 }[random.Next(6)],
        IndexedValueType.Bool => random.Next(2) == 0,
        IndexedValueType.Datetime => Time(random),
        _ when field.Name == SystemFields.ExecutionStatus => (long)random.Next(1, 8),
        _ => Text(random),
    };

    private static string Text(Random random) => Texts[random.Next(Texts.Length)];

    /// <summary>Ticks apart: nothing may be rounded.</summary>
    private static DateTimeOffset Time(Random random) => random.Next(20) == 0 ? DateTimeOffset.UnixEpoch : Sample.Start.AddTicks(random.Next(5));
}
