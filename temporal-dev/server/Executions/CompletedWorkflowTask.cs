namespace Temporalio.DevServer.Executions;

/// <summary>
/// What came of a worker's answer to a workflow task. Eager activities and the next workflow task are among <see cref="Transition.Offers"/>: start
/// them within the same transition and put them in the answer.
/// </summary>
internal sealed record CompletedWorkflowTask
{
    /// <summary>To which event the worker must fall back, because a speculative task was dropped; 0 if none.</summary>
    public long ResetHistoryEventId { get; init; }

    /// <summary>What to answer after the commit instead: the commands were invalid and the task has failed. The transition must be committed all the same.</summary>
    public RpcRefusal? Refusal { get; init; }
}
