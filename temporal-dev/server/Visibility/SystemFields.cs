namespace Temporalio.DevServer.Visibility;

/// <summary>The fields that every namespace has (Temporal, "List of default search attributes").</summary>
internal static class SystemFields
{
    public const string ExecutionStatus = "ExecutionStatus";
    public const string ExecutionDuration = "ExecutionDuration";
    public const string NamespaceDivision = "TemporalNamespaceDivision";

    /// <summary>What an execution has of itself.</summary>
    public static IReadOnlyDictionary<string, SearchField> Columns { get; } = new SystemField[]
    {
        new("WorkflowId", IndexedValueType.Keyword, "workflow_id", r => r.Run.WorkflowId),
        new("RunId", IndexedValueType.Keyword, "run_id::text COLLATE \"C\"", r => r.Run.RunId),
        new("WorkflowType", IndexedValueType.Keyword, "workflow_type", r => r.WorkflowType),
        new("StartTime", IndexedValueType.Datetime, "start_time", r => r.StartTime),
        new("ExecutionTime", IndexedValueType.Datetime, "execution_time", r => r.ExecutionTime),
        new("CloseTime", IndexedValueType.Datetime, "close_time", r => r.CloseTime),
        new(ExecutionStatus, IndexedValueType.Keyword, "status", r => (long)r.Status),
        new("TaskQueue", IndexedValueType.Keyword, "task_queue", r => r.TaskQueue),
        new("HistoryLength", IndexedValueType.Int, "nullif(history_length, 0)", r => r.WhenClosed(r.HistoryLength)),
        new("HistorySizeBytes", IndexedValueType.Int, "nullif(history_size, 0)", r => r.WhenClosed(r.HistorySizeBytes)),
        new(ExecutionDuration, IndexedValueType.Int, "execution_duration", r => r.ExecutionDurationNanoseconds),
        new("StateTransitionCount", IndexedValueType.Int, "nullif(state_transitions, 0)", r => r.WhenClosed(r.StateTransitionCount)),
        new("ParentWorkflowId", IndexedValueType.Keyword, "parent_workflow_id", r => r.ParentWorkflowId),
        new("ParentRunId", IndexedValueType.Keyword, "parent_run_id", r => r.ParentRunId),
        new("RootWorkflowId", IndexedValueType.Keyword, "root_workflow_id", r => r.RootWorkflowId),
        new("RootRunId", IndexedValueType.Keyword, "root_run_id", r => r.RootRunId),
    }.ToDictionary(f => f.Name, SearchField (f) => f, StringComparer.Ordinal);

    /// <summary>Search attributes that the server itself defines.</summary>
    public static IReadOnlyDictionary<string, SearchField> Predefined { get; } = Of(
        ("BatcherNamespace", IndexedValueType.Keyword),
        ("BatcherUser", IndexedValueType.Keyword),
        ("BinaryChecksums", IndexedValueType.KeywordList),
        ("BuildIds", IndexedValueType.KeywordList),
        ("TemporalChangeVersion", IndexedValueType.KeywordList),
        (NamespaceDivision, IndexedValueType.Keyword),
        ("TemporalExternalPayloadCount", IndexedValueType.Int),
        ("TemporalExternalPayloadSizeBytes", IndexedValueType.Int),
        ("TemporalPauseInfo", IndexedValueType.KeywordList),
        ("TemporalReportedProblems", IndexedValueType.KeywordList),
        ("TemporalScheduledById", IndexedValueType.Keyword),
        ("TemporalScheduledStartTime", IndexedValueType.Datetime),
        ("TemporalSchedulePaused", IndexedValueType.Bool),
        ("TemporalUsedWorkerDeploymentVersions", IndexedValueType.KeywordList),
        ("TemporalWorkerDeployment", IndexedValueType.Keyword),
        ("TemporalWorkerDeploymentVersion", IndexedValueType.Keyword),
        ("TemporalWorkflowVersioningBehavior", IndexedValueType.Keyword));

    private static Dictionary<string, SearchField> Of(params (string Name, IndexedValueType Type)[] fields) =>
        fields.ToDictionary(f => f.Name, f => new SearchField(f.Name, f.Type, IsSystem: false), StringComparer.Ordinal);
}

/// <summary>What every execution has of itself, and where it stands.</summary>
/// <param name="Name">As written in a filter.</param>
/// <param name="Type">Its type.</param>
/// <param name="Sql">The visibility table's own column for it: a constant, whatever a filter says.</param>
/// <param name="Value">The same of a row in memory.</param>
internal sealed record SystemField(string Name, IndexedValueType Type, string Sql, Func<VisibilityRow, object?> Value) : SearchField(Name, Type, IsSystem: true);
