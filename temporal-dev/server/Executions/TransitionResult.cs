using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Executions;

/// <summary>What one transition leaves behind: what the engine must write, and what it must do once that is committed.</summary>
internal sealed record TransitionResult
{
    public required RunKey Run { get; init; }

    /// <summary>The run as it is now.</summary>
    public required ExecutionState State { get; init; }

    /// <summary>What to write, or null if nothing that must survive has changed (a speculative task, a repeated request).</summary>
    public RunWrite? Write { get; init; }

    /// <summary>Runs that begin in the same store transaction: continue-as-new, retry, cron.</summary>
    public IReadOnlyList<TransitionResult> NewRuns { get; init; } = [];

    /// <summary>Tasks that wait for pollers from now on.</summary>
    public IReadOnlyList<TaskToOffer> Tasks { get; init; } = [];

    /// <summary>What other executions must be told. Kept in the run until the verb that answers it.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>The events appended, as written, for readers that wait. Do not change them.</summary>
    public IReadOnlyList<HistoryEvent> Events { get; init; } = [];

    /// <summary>Updates that have come further.</summary>
    public IReadOnlyList<UpdateProgress> Updates { get; init; } = [];

    /// <summary>Whether a workflow task was completed, failed or timed out: queries that wait for one must be looked at again.</summary>
    public bool WorkflowTaskEnded { get; init; }

    /// <summary>Whether the run has closed with this transition.</summary>
    public bool Closed { get; init; }

    /// <summary>The run's status now.</summary>
    public WorkflowExecutionStatus Status { get; init; }
}
