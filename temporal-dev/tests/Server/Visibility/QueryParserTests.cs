using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Tests.Visibility;

public sealed class QueryParserTests
{
    private static readonly Dictionary<string, SearchField> Custom = new(StringComparer.Ordinal)
    {
        ["Amount"] = new("Amount", IndexedValueType.Double, IsSystem: false),
        ["Tags"] = new("Tags", IndexedValueType.KeywordList, IsSystem: false),
        ["NeedsAttention"] = new("NeedsAttention", IndexedValueType.Bool, IsSystem: false),
    };

    private static readonly Dictionary<string, object> Record = new(StringComparer.Ordinal)
    {
        ["WorkflowId"] = "settlement-S1",
        ["ExecutionStatus"] = 1L,
        ["StartTime"] = DateTimeOffset.Parse("2026-11-22T04:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
        ["HistoryLength"] = 7L,
        ["StateTransitionCount"] = 9_007_199_254_740_993L,
        ["ExecutionDuration"] = 3_600_000_000_000L,
        ["Amount"] = 75.24,
        ["Tags"] = new[] { "red", "blue" },
        ["NeedsAttention"] = true,
    };

    [Theory]
    [InlineData("", true)]
    [InlineData("WorkflowId = 'settlement-S1'", true)]
    [InlineData("workflowid = 'x' OR WorkflowId = \"settlement-S1\"", null)]
    [InlineData("`WorkflowId` = 'it''s'", false)]
    [InlineData("NOT WorkflowId = 'x' AND ExecutionStatus = 1", true)]
    [InlineData("ExecutionStatus IN ('Completed', 'Running')", true)]
    [InlineData("ExecutionStatus NOT IN ('Completed')", true)]
    [InlineData("WorkflowId starts_with 'settlement-'", true)]
    [InlineData("WorkflowId NOT STARTS_WITH 'settlement-'", false)]
    [InlineData("StartTime BETWEEN '2026-11-22T04:00:00Z' AND '2026-11-22T05:00:00+00:00'", true)]
    [InlineData("StartTime NOT BETWEEN '2026-11-22T04:00:00Z' AND '2026-11-22T05:00:00Z'", false)]
    [InlineData("StartTime > 1700000000000000000", true)]
    [InlineData("CloseTime IS NULL", true)]
    [InlineData("CloseTime IS NOT NULL", false)]
    [InlineData("CloseTime < '2026-11-22T04:00:00Z'", false)]
    [InlineData("NOT CloseTime < '2026-11-22T04:00:00Z'", false)]
    [InlineData("CloseTime < '2026-11-22T04:00:00Z' OR HistoryLength >= 7", true)]
    [InlineData("HistoryLength <> 7", false)]
    [InlineData("StateTransitionCount = 9007199254740993", true)]
    [InlineData("StateTransitionCount = 9007199254740992", false)]
    [InlineData("ExecutionDuration >= '1h'", true)]
    [InlineData("ExecutionDuration > '1h0m1s'", false)]
    [InlineData("Amount <= 75.24 AND Amount > -1e3", true)]
    [InlineData("Tags = 'blue'", true)]
    [InlineData("Tags != 'blue'", false)]
    [InlineData("Tags IN ('green', 'red')", true)]
    [InlineData("NeedsAttention = true", true)]
    [InlineData("(NeedsAttention = false OR (HistoryLength < 100)) AND NOT (WorkflowId = 'x')", true)]
    public void Parse_Filter_MatchesAsOnTheRealServer(string filter, bool? expected)
    {
        if (expected is null)
        {
            Should.Throw<InvalidQueryException>(() => Parse(filter)).Message.ShouldBe("invalid query: invalid search attribute: workflowid");
            return;
        }

        FilterEvaluator.Matches(Parse(filter).Filter, field => Record.GetValueOrDefault(field.Name)).ShouldBe(expected.Value);
    }

    /// <summary>Messages seen on the real server 1.32.</summary>
    [Theory]
    [InlineData("WorkflowId = \"abc\" ORDER BY StartTime", "operation is not supported: 'ORDER BY' clause")]
    [InlineData("WorkflowId = \"abc\" LIMIT 1", "operation is not supported: 'LIMIT' clause")]
    [InlineData("Foo = \"x\"", "invalid search attribute: Foo")]
    [InlineData("WorkflowId > ", "malformed SQL query: syntax error at position 40")]
    [InlineData("WorkflowType LIKE \"x\"", "operation is not supported: operator 'LIKE' not supported for Keyword type search attribute 'WorkflowType'")]
    [InlineData("ExecutionStatus = \"Nope\"", "invalid expression: invalid ExecutionStatus value 'Nope'")]
    [InlineData("StartTime > \"abc\"", "invalid expression: unable to parse datetime 'abc'")]
    [InlineData("HistoryLength = \"x\"", "invalid expression: invalid value type for search attribute HistoryLength of type Int: \"x\" (type: string)")]
    [InlineData("WorkflowId = 1", "invalid expression: invalid value type for search attribute WorkflowId of type Keyword: 1 (type: int64)")]
    [InlineData("WorkflowId = abc", "operation is not supported: column name on the right side of comparison expression (did you forget to quote \"abc\"?)")]
    [InlineData("1 = 1", "invalid expression: must be a column name but was *sqlparser.SQLVal")]
    [InlineData("WorkflowId", "invalid expression: incomplete expression")]
    [InlineData("GROUP BY WorkflowType", "operation is not supported: 'GROUP BY' clause is not supported for search attribute WorkflowType")]
    [InlineData("WorkflowId=\"abc\" GROUP BY ExecutionStatus, WorkflowType", "operation is not supported: 'GROUP BY' clause supports only a single field")]
    public void Parse_BadFilter_IsRefusedInTheRealServersWords(string filter, string message) =>
        Should.Throw<InvalidQueryException>(() => Parse(filter)).Message.ShouldBe("invalid query: " + message);

    [Fact]
    public void Parse_GroupByExecutionStatus_IsKept() => Parse("GROUP BY ExecutionStatus").GroupBy!.Name.ShouldBe("ExecutionStatus");

    [Fact]
    public void Parse_DeeplyNestedFilter_IsRefused() =>
        Should.Throw<InvalidQueryException>(() => Parse(new string('(', 100_000) + "WorkflowId = 'x'" + new string(')', 100_000)));

    private static ParsedQuery Parse(string filter) =>
        QueryParser.Parse(filter, name => SystemFields.Columns.GetValueOrDefault(name) ?? SystemFields.Predefined.GetValueOrDefault(name) ?? Custom.GetValueOrDefault(name));
}
