using System.Globalization;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Storage;
using Temporalio.DevServer.Tests.Storage;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Visibility;

/// <summary>Rows and filters from a seed.</summary>
/// <param name="random">Where they come from.</param>
/// <param name="spread">1: few different values, so that filters often match; more: about so many times as many.</param>
internal sealed class GeneratedFilters(Random random, int spread)
{
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

    /// <summary>Among them those that sort differently in UTF-8 and UTF-16, and what SQL must not interpret.</summary>
    private static readonly string[] Texts = ["", "a", "ab", "abc", "B", "a'; DROP TABLE visibility; --", "%", "_", "\\", "\uFFFD", "\U0001F4B6", "é", "Running", "ab É a"];

    public RunWrite Row(int index)
    {
        var run = Sample.Run(Text() + index.ToString(CultureInfo.InvariantCulture));
        var closed = random.Next(2) == 0;
        var row = Sample.Row(run) with
        {
            WorkflowType = Text(),
            TaskQueue = Text(),
            Status = closed ? (WorkflowExecutionStatus)random.Next(2, 8) : WorkflowExecutionStatus.Running,
            StartTime = Time(),
            ExecutionTime = Time(),
            CloseTime = closed ? Time() : null,
            HistoryLength = random.Next(5 * spread),
            HistorySizeBytes = random.Next(5 * spread),
            StateTransitionCount = random.Next(5 * spread),
            ParentWorkflowId = random.Next(2) == 0 ? null : Text(),
            RootRunId = random.Next(2) == 0 ? null : run.RunId,
            SearchAttributes = Fields.Where(f => !f.IsSystem && random.Next(2) == 0).ToDictionary(f => f.Name, Attribute),
        };
        return Sample.New(run) with { Visibility = row };
    }

    public Filter Filter(int depth = 3) => (depth == 0 ? 3 : random.Next(6)) switch
    {
        0 => new Filter.And(Filter(depth - 1), Filter(depth - 1)),
        1 => new Filter.Or(Filter(depth - 1), Filter(depth - 1)),
        2 => new Filter.Not(Filter(depth - 1)),
        _ => Leaf(Fields[random.Next(Fields.Length)]),
    };

    /// <summary>Now and then with a type that the attribute had before: such a value must not be seen.</summary>
    private SearchAttributeValue Attribute(SearchField field)
    {
        if (random.Next(10) == 0 && field.Name != SystemFields.NamespaceDivision)
            return field.Type == IndexedValueType.Int ? new(IndexedValueType.Keyword, Text()) : new(IndexedValueType.Int, 1L);
        return new(field.Type, field.Type == IndexedValueType.KeywordList
            ? Enumerable.Range(0, random.Next(3)).Select(_ => Text()).ToArray()
            : Value(field));
    }

    private Filter Leaf(SearchField field) => random.Next(8) switch
    {
        0 => new Filter.IsNull(field),
        2 when field.Type != IndexedValueType.Text => new Filter.In(field, [Value(field), Value(field)]),
        _ when field.Type is IndexedValueType.KeywordList or IndexedValueType.Text => new Filter.Comparison(field, (ComparisonOperator)random.Next(2), Value(field)),
        1 => new Filter.Between(field, Value(field), Value(field)),
        3 when field.Type is IndexedValueType.Keyword && field.Name != SystemFields.ExecutionStatus => new Filter.StartsWith(field, Text()),
        _ => new Filter.Comparison(field, (ComparisonOperator)random.Next(6), Value(field)),
    };

    private object Value(SearchField field) => field.Type switch
    {
        IndexedValueType.Int when field.Name == SystemFields.ExecutionDuration => random.Next(-3 * spread, 4 * spread) * 100L,
        IndexedValueType.Int when random.Next(6) == 0 => long.MaxValue,
        IndexedValueType.Int => (long)random.Next(5 * spread),
        IndexedValueType.Double => new[] { 0.0, -0.0, 75.24, 1e300, 5e-324, -1.5 }[random.Next(6)] * random.Next(1, 1 + spread),
        IndexedValueType.Bool => random.Next(2) == 0,
        IndexedValueType.Datetime => Time(),
        _ when field.Name == SystemFields.ExecutionStatus => (long)random.Next(1, 8),
        _ => Text(),
    };

    private string Text() => Texts[random.Next(Texts.Length)] + (spread == 1 ? "" : random.Next(spread).ToString(CultureInfo.InvariantCulture));

    /// <summary>Ticks apart: nothing may be rounded.</summary>
    private DateTimeOffset Time() => random.Next(20) == 0 ? DateTimeOffset.UnixEpoch : Sample.Start.AddTicks(random.Next(5 * spread));
}
