namespace Temporalio.DevServer.Visibility;

/// <summary>The fields that every namespace has (Temporal, "List of default search attributes").</summary>
internal static class SystemFields
{
    public const string ExecutionStatus = "ExecutionStatus";
    public const string ExecutionDuration = "ExecutionDuration";
    public const string NamespaceDivision = "TemporalNamespaceDivision";

    /// <summary>What an execution has of itself.</summary>
    public static IReadOnlyDictionary<string, SearchField> Columns { get; } = Of(
        isSystem: true,
        ("WorkflowId", IndexedValueType.Keyword),
        ("RunId", IndexedValueType.Keyword),
        ("WorkflowType", IndexedValueType.Keyword),
        ("StartTime", IndexedValueType.Datetime),
        ("ExecutionTime", IndexedValueType.Datetime),
        ("CloseTime", IndexedValueType.Datetime),
        (ExecutionStatus, IndexedValueType.Keyword),
        ("TaskQueue", IndexedValueType.Keyword),
        ("HistoryLength", IndexedValueType.Int),
        ("HistorySizeBytes", IndexedValueType.Int),
        (ExecutionDuration, IndexedValueType.Int),
        ("StateTransitionCount", IndexedValueType.Int),
        ("ParentWorkflowId", IndexedValueType.Keyword),
        ("ParentRunId", IndexedValueType.Keyword),
        ("RootWorkflowId", IndexedValueType.Keyword),
        ("RootRunId", IndexedValueType.Keyword));

    /// <summary>Search attributes that the server itself defines.</summary>
    public static IReadOnlyDictionary<string, SearchField> Predefined { get; } = Of(
        isSystem: false,
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

    private static Dictionary<string, SearchField> Of(bool isSystem, params (string Name, IndexedValueType Type)[] fields) =>
        fields.ToDictionary(f => f.Name, f => new SearchField(f.Name, f.Type, isSystem), StringComparer.Ordinal);
}
