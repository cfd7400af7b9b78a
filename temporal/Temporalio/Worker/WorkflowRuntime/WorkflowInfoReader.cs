using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>
/// Reads what a run may know of itself from the event that started it.
/// </summary>
internal static class WorkflowInfoReader
{
    /// <summary>Reads it.</summary>
    /// <param name="details">What the run is made of.</param>
    /// <returns>The information.</returns>
    internal static WorkflowInfo Read(WorkflowInstanceDetails details)
    {
        var started = details.Start.Started;
        return new(
            Attempt: started.Attempt,
            ContinuedRunId: NullIfEmpty(started.ContinuedExecutionRunId),
            CronSchedule: NullIfEmpty(started.CronSchedule),
            ExecutionTimeout: NullIfZero(started.WorkflowExecutionTimeout),
            FirstExecutionRunId: started.FirstExecutionRunId,
            Headers: started.Header is { Fields.Count: > 0 } header ? new Dictionary<string, Payload>(header.Fields) : null,
            LastFailure: started.ContinuedFailure == null ? null : details.DataConverter.FailureConverter.ToException(
                started.ContinuedFailure.Clone(), details.DataConverter.PayloadConverter),
            LastResult: started.LastCompletionResult?.Payloads_.Select(p => (IRawValue)new RawValue(p)).ToArray(),
            Namespace: details.Namespace,
            OriginalExecutionRunId: NullIfEmpty(started.OriginalExecutionRunId) ?? details.RunId,
            Parent: started.ParentWorkflowExecution is { } parent
                ? new(started.ParentWorkflowNamespace, parent.RunId, parent.WorkflowId)
                : null,
            Priority: started.Priority == null ? Common.Priority.Default : new(started.Priority),
            RetryPolicy: started.RetryPolicy == null ? null : Common.RetryPolicy.FromProto(started.RetryPolicy),
            Root: started.RootWorkflowExecution is { } root ? new(root.RunId, root.WorkflowId) : null,
            RunId: details.RunId,
            RunTimeout: NullIfZero(started.WorkflowRunTimeout),
            StartTime: details.FirstTaskTime,
            TaskQueue: details.TaskQueue,
            TaskTimeout: started.WorkflowTaskTimeout?.ToTimeSpan() ?? TimeSpan.Zero,
            WorkflowId: details.WorkflowId,
            WorkflowStartTime: details.Start.StartTime,
            WorkflowType: started.WorkflowType.Name);
    }

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;

    private static TimeSpan? NullIfZero(Duration? duration) =>
        duration?.ToTimeSpan() is { Ticks: > 0 } value ? value : null;
}
