using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// A new execution. Who comes first under a workflow id is decided before (conflict and reuse policies); this only says what begins.
/// </summary>
/// <param name="RunId">Fresh lower-case UUID.</param>
/// <param name="Request">As a client writes it; signal-with-start, children and schedules are brought into this form.</param>
internal sealed record StartFacts(string RunId, StartWorkflowExecutionRequest Request)
{
    /// <summary>The workflow id's current run until now, or null if there is none: the write fails if that has changed.</summary>
    public string? ReplacesRunId { get; init; }

    /// <summary>The parent of a child workflow.</summary>
    public ParentFacts? Parent { get; init; }

    /// <summary>Signal-with-start: recorded right after the start.</summary>
    public SignalFacts? Signal { get; init; }

    /// <summary>Whether the caller takes the first workflow task with the answer (eager workflow start), and so the start event says so.</summary>
    public bool EagerAccepted { get; init; }
}
