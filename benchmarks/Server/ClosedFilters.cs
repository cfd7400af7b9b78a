using System.Globalization;

namespace Settlement.Benchmarks.Server;

/// <summary>The filters that <see cref="ClosedBenchmark"/> asks: every operator, every kind of field, rare values and frequent ones, alone and together.</summary>
internal static class ClosedFilters
{
    /// <summary>Filters by the label under which the record shows them. Times are those of now, labels are not: so that records can be compared.</summary>
    /// <param name="now">The generator's runs have closed in the twelve hours before it wrote them.</param>
    public static IReadOnlyList<(string Label, string Filter)> Of(DateTimeOffset now)
    {
        var (three, six) = (Text(now - TimeSpan.FromHours(3)), Text(now - TimeSpan.FromHours(6)));
        return
        [
            Same("ExecutionStatus = 'Failed'"),
            Same("ExecutionStatus != 'Completed'"),
            Same("WorkflowType = 'LoadTransfer'"),
            Same("WorkflowType IN ('LoadTransfer', 'LoadSweep')"),
            Same("WorkflowType = 'LoadTransfer' AND ExecutionStatus = 'Failed'"),
            Same("WorkflowType != 'LoadTransfer' AND NOT ExecutionStatus = 'Failed'"),
            Same("WorkflowType STARTS_WITH 'LoadT'"),
            Same("WorkflowId = 'load-closed-4711'"),
            Same("WorkflowId IN ('load-closed-1', 'load-closed-2', 'load-closed-3')"),
            Same("WorkflowId STARTS_WITH 'load-closed-47'"),
            Same("WorkflowId STARTS_WITH 'nobody'"),
            Same("TaskQueue = 'load'"),
            Same("ParentWorkflowId IS NOT NULL"),
            ("StartTime > 3 hours ago", $"StartTime > '{three}'"),
            ("StartTime BETWEEN 6 and 3 hours ago", $"StartTime BETWEEN '{six}' AND '{three}'"),
            ("CloseTime < 3 hours ago", $"CloseTime < '{three}'"),
            ("ExecutionTime >= 6 hours ago", $"ExecutionTime >= '{six}'"),
            ("StartTime > 6 hours ago AND WorkflowType AND ExecutionStatus", $"StartTime > '{six}' AND WorkflowType = 'LoadReport' AND ExecutionStatus = 'Completed'"),
            Same("ExecutionDuration > '30s'"),
            Same("ExecutionDuration BETWEEN '1s' AND '2s'"),
            Same("HistoryLength = 5"),
            Same("HistoryLength > 5"),
            Same("HistorySizeBytes > 1000"),
            Same("LoadGroup = 'group-42'"),
            Same("LoadGroup STARTS_WITH 'group-4'"),
            Same("LoadState = 'done'"),
            Same("LoadState != 'done'"),
            Same("LoadState IN ('held', 'returned')"),
            Same("LoadState = 'held' AND WorkflowType = 'LoadPurchase' AND LoadUrgent = true"),
            Same("LoadState = 'held' OR LoadUrgent = true OR LoadCount < 100"),
            Same("LoadTags = 'tag-7'"),
            Same("LoadTags IN ('tag-7', 'tag-8')"),
            Same("LoadTags IS NULL"),
            Same("LoadCount = 4711"),
            Same("LoadCount > 5000"),
            Same("LoadAmount BETWEEN 10.5 AND 20"),
            Same("LoadAmount >= 500"),
            Same("LoadUrgent = true"),
            Same("LoadUrgent = false"),
            ("LoadDue > now", $"LoadDue > '{Text(now)}'"),
            Same("LoadDue IS NULL"),
            Same("LoadNote = 'salary'"),
            Same("NOT (LoadNote = 'salary' OR LoadTags = 'tag-7') AND LoadDue IS NOT NULL"),
        ];
    }

    private static (string Label, string Filter) Same(string filter) => (filter, filter);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
