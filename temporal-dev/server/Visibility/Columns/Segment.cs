using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Visibility.Columns;

/// <summary>Rows of one namespace, by column. Never changed once made; which of its rows still stand is kept beside it.</summary>
internal sealed class Segment
{
    /// <summary>Rows of a full segment. A row's number fits 16 bits.</summary>
    public const int Capacity = 4096;

    private static readonly SearchField Status = SystemFields.Columns[SystemFields.ExecutionStatus];
    private static readonly SearchField StartTime = SystemFields.Columns["StartTime"];
    private static readonly SearchField CloseTime = SystemFields.Columns["CloseTime"];
    private static readonly SearchField RunId = SystemFields.Columns["RunId"];

    private readonly string namespaceId;
    private readonly Dictionary<SearchField, Column> columns = [];
    private readonly RunIdColumn ids;
    private readonly NumberColumn starts;
    private readonly NumberColumn closes;
    private readonly CodedColumn statuses;

    /// <param name="namespaceId">Whose rows they are.</param>
    /// <param name="rows">1 to <see cref="Capacity"/> of them, of different runs.</param>
    public Segment(string namespaceId, IReadOnlyList<VisibilityRow> rows)
    {
        this.namespaceId = namespaceId;
        Rows = rows.Count;
        ids = RunIdColumn.Make([.. rows.Select(r => Guid.ParseExact(r.Run.RunId, "D"))]);
        starts = NumberColumn.Make(Values(rows, StartTime), isTime: true);
        closes = NumberColumn.Make(Values(rows, CloseTime), isTime: true);
        statuses = CodedColumn.TryMake(Values(rows, Status)) ?? throw new InvalidOperationException("More statuses than there are.");
        (columns[RunId], columns[StartTime], columns[CloseTime], columns[Status]) = (ids, starts, closes, statuses);
        foreach (var field in SystemFields.Columns.Values.Where(f => !columns.ContainsKey(f)))
            columns[field] = Make(field, rows);
        foreach (var (name, type) in rows.SelectMany(r => r.SearchAttributes.Select(a => (a.Key, a.Value.Type))).ToHashSet())
        {
            var field = new SearchField(name, type, IsSystem: false);
            columns[field] = Make(field, rows);
        }

        Share("ExecutionTime", starts, rows, r => r.ExecutionTime == r.StartTime);
        Share("RootRunId", ids, rows, r => r.RootRunId == r.Run.RunId);
        Share("RootWorkflowId", columns[SystemFields.Columns["WorkflowId"]], rows, r => r.RootWorkflowId == r.Run.WorkflowId);
        Bytes = columns.Values.Distinct().Sum(c => c.Bytes) + (columns.Count * 64L);
    }

    public int Rows { get; }

    /// <summary>Gets how much memory it takes, roughly.</summary>
    public long Bytes { get; }

    /// <summary>Gets for each row <see cref="VisibilityRow.CloseOrder"/>.</summary>
    public ReadOnlySpan<long> CloseOrders => closes.Values;

    /// <summary>A field's values, or null if no row has one.</summary>
    public Column? Column(SearchField field) => columns.GetValueOrDefault(field);

    /// <summary>The row of a run, or -1.</summary>
    public int Find(Guid runId) => ids.Find(runId);

    /// <summary>Where a row stands in listings.</summary>
    public PageToken Place(int row) => new(closes.Values[row], starts.Values[row], ids.Ids[row]);

    /// <summary>Adds how many of these rows have each status.</summary>
    public void Tally(RowSet found, Dictionary<WorkflowExecutionStatus, long> counts)
    {
        Span<long> tally = stackalloc long[statuses.Values.Count];
        tally.Clear();
        statuses.Tally(found, tally);
        for (var i = 0; i < tally.Length; i++)
        {
            var status = (WorkflowExecutionStatus)(long)statuses.Values[i]!;
            counts[status] = counts.GetValueOrDefault(status) + tally[i];
        }
    }

    /// <summary>A row as it was given, but for its memo.</summary>
    public VisibilityRow Row(int row)
    {
        var status = (WorkflowExecutionStatus)(long)statuses.Value(row)!;
        return new VisibilityRow
        {
            Run = new RunKey(namespaceId, (string)Value("WorkflowId")!, (string)ids.Value(row)!),
            WorkflowType = (string)Value("WorkflowType")!,
            TaskQueue = (string)Value("TaskQueue")!,
            Status = status,
            StartTime = (DateTimeOffset)starts.Value(row)!,
            ExecutionTime = (DateTimeOffset)Value("ExecutionTime")!,
            CloseTime = (DateTimeOffset?)closes.Value(row),
            HistoryLength = Value("HistoryLength") as long? ?? 0,
            HistorySizeBytes = Value("HistorySizeBytes") as long? ?? 0,
            StateTransitionCount = Value("StateTransitionCount") as long? ?? 0,
            ParentWorkflowId = (string?)Value("ParentWorkflowId"),
            ParentRunId = (string?)Value("ParentRunId"),
            RootWorkflowId = (string?)Value("RootWorkflowId"),
            RootRunId = (string?)Value("RootRunId"),
            SearchAttributes = columns
                .Where(c => !c.Key.IsSystem && c.Value.Value(row) is not null)
                .ToDictionary(c => c.Key.Name, c => new SearchAttributeValue(c.Key.Type, c.Value.Value(row)!), StringComparer.Ordinal),
        };

        object? Value(string name) => columns[SystemFields.Columns[name]].Value(row);
    }

    private static Column Make(SearchField field, IReadOnlyList<VisibilityRow> rows)
    {
        var values = Values(rows, field);
        if (field.Type == IndexedValueType.KeywordList)
            return ListColumn.OfKeywords(values);
        if (field.Type == IndexedValueType.Text)
            return ListColumn.OfTexts(values);
        return CodedColumn.TryMake(values) ?? field.Type switch
        {
            IndexedValueType.Int => NumberColumn.Make(values, isTime: false),
            IndexedValueType.Datetime => NumberColumn.Make(values, isTime: true),
            IndexedValueType.Double => DoubleColumn.Make(values),
            _ => (Column)TextColumn.Make(values),
        };
    }

    private static object?[] Values(IReadOnlyList<VisibilityRow> rows, SearchField field) => [.. rows.Select(r => r.Value(field))];

    /// <summary>Most runs are their own roots and may run at once: what is the same in all rows is kept once.</summary>
    private void Share(string name, Column same, IReadOnlyList<VisibilityRow> rows, Func<VisibilityRow, bool> isSame)
    {
        if (rows.All(isSame))
            columns[SystemFields.Columns[name]] = same;
    }
}
