namespace Temporalio.DevServer.Visibility;

/// <summary>What list filters see of a run, and what a listing returns of it.</summary>
internal sealed record VisibilityRow
{
    public required RunKey Run { get; init; }

    public required string WorkflowType { get; init; }

    public required string TaskQueue { get; init; }

    public required WorkflowExecutionStatus Status { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When the first workflow task may run: later than the start with a start delay or cron.</summary>
    public required DateTimeOffset ExecutionTime { get; init; }

    public DateTimeOffset? CloseTime { get; init; }

    public long HistoryLength { get; init; }

    public long HistorySizeBytes { get; init; }

    public long StateTransitionCount { get; init; }

    public string? ParentWorkflowId { get; init; }

    public string? ParentRunId { get; init; }

    public string? RootWorkflowId { get; init; }

    public string? RootRunId { get; init; }

    /// <summary>A serialised temporal.api.common.v1.Memo.</summary>
    public byte[] Memo { get; init; } = [];

    public IReadOnlyDictionary<string, SearchAttributeValue> SearchAttributes { get; init; } = new Dictionary<string, SearchAttributeValue>();

    /// <summary>From execution time to close, in nanoseconds; null while it is open.</summary>
    public long? ExecutionDurationNanoseconds => (CloseTime - ExecutionTime)?.Ticks * 100;

    /// <summary>Where it stands in a listing: by close time, open ones (which have none) after all others.</summary>
    public long CloseOrder => CloseTime?.UtcTicks ?? long.MaxValue;

    /// <summary>The value of a field as <see cref="FilterEvaluator"/> wants it, or null.</summary>
    public object? Value(SearchField field) => field is SystemField system ? system.Value(this) : SearchAttribute(field);

    /// <summary>An empty division is none.</summary>
    private object? SearchAttribute(SearchField field) =>
        SearchAttributes.TryGetValue(field.Name, out var attribute) && attribute.Type == field.Type && (field.Name != SystemFields.NamespaceDivision || attribute.Value is not "") ? attribute.Value : null;

    /// <summary>What the real server knows only of closed runs.</summary>
    public long? WhenClosed(long value) => CloseTime is null || value == 0 ? null : value;
}

/// <summary>
/// A search attribute's value and the type it was written with. A value is only seen by filters while the attribute is still of that type.
/// </summary>
/// <param name="Type">Decides the value's type in .NET.</param>
/// <param name="Value">Keyword and Text: string; Int: long; Double: finite double; Bool: bool; Datetime: DateTimeOffset; KeywordList: IReadOnlyList of string.</param>
internal sealed record SearchAttributeValue(IndexedValueType Type, object Value);
