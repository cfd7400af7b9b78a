using Npgsql;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>The columns of the visibility table: their order, how a row is written and how it is read.</summary>
internal static class VisibilityColumns
{
    /// <summary>In the order that <see cref="Write"/> and <see cref="Read"/> use.</summary>
    public const string Names = """
        run_id, namespace_id, workflow_id, workflow_type, task_queue, status, start_time, execution_time, close_time, close_order, execution_duration,
        history_length, history_size, state_transitions, parent_workflow_id, parent_run_id, root_workflow_id, root_run_id, namespace_division, memo, search_attributes
        """;

    /// <summary>What may change in the life of a run.</summary>
    public const string Updates = """
        task_queue = excluded.task_queue, status = excluded.status, execution_time = excluded.execution_time, close_time = excluded.close_time,
        close_order = excluded.close_order, execution_duration = excluded.execution_duration, history_length = excluded.history_length,
        history_size = excluded.history_size, state_transitions = excluded.state_transitions, namespace_division = excluded.namespace_division,
        memo = excluded.memo, search_attributes = excluded.search_attributes
        """;

    public static void Write(ColumnArrays<VisibilityRow> columns) => columns
        .Uuid(r => r.Run.RunId)
        .Uuid(r => r.Run.NamespaceId)
        .Text(r => r.Run.WorkflowId)
        .Text(r => r.WorkflowType)
        .Text(r => r.TaskQueue)
        .Short(r => (short)r.Status)
        .Long(r => r.StartTime.UtcTicks)
        .Long(r => r.ExecutionTime.UtcTicks)
        .LongOrNull(r => r.CloseTime?.UtcTicks)
        .Long(r => r.CloseOrder)
        .LongOrNull(r => r.ExecutionDurationNanoseconds)
        .Long(r => r.CloseTime is null ? 0 : r.HistoryLength)
        .Long(r => r.CloseTime is null ? 0 : r.HistorySizeBytes)
        .Long(r => r.CloseTime is null ? 0 : r.StateTransitionCount)
        .Text(r => r.ParentWorkflowId)
        .Text(r => r.ParentRunId)
        .Text(r => r.RootWorkflowId)
        .Text(r => r.RootRunId)
        .Text(r => r.Value(SystemFields.Predefined[SystemFields.NamespaceDivision]) as string ?? "")
        .Bytes(r => r.Memo)
        .Json(r => SearchAttributeJson.Write(r.SearchAttributes));

    public static VisibilityRow Read(NpgsqlDataReader reader) => new()
    {
        Run = new RunKey(reader.GetGuid(1).ToString("D"), reader.GetString(2), reader.GetGuid(0).ToString("D")),
        WorkflowType = reader.GetString(3),
        TaskQueue = reader.GetString(4),
        Status = (WorkflowExecutionStatus)reader.GetInt16(5),
        StartTime = Time(reader.GetInt64(6)),
        ExecutionTime = Time(reader.GetInt64(7)),
        CloseTime = reader.IsDBNull(8) ? null : Time(reader.GetInt64(8)),
        HistoryLength = reader.GetInt64(11),
        HistorySizeBytes = reader.GetInt64(12),
        StateTransitionCount = reader.GetInt64(13),
        ParentWorkflowId = Text(reader, 14),
        ParentRunId = Text(reader, 15),
        RootWorkflowId = Text(reader, 16),
        RootRunId = Text(reader, 17),
        Memo = reader.GetFieldValue<byte[]>(19),
        SearchAttributes = SearchAttributeJson.Read(reader.GetFieldValue<byte[]>(20)),
    };

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
