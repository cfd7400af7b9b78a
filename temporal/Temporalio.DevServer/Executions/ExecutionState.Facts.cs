namespace Temporalio.DevServer.Executions;

// What others may ask of a run.
internal sealed partial class ExecutionState
{
    /// <summary>When the run next has something to do by itself (<see cref="Transition.Fire"/>), or null.</summary>
    public DateTimeOffset? NextDue => throw new NotSupportedException();

    /// <summary>Whether it must be loaded at start: a task waits for a poller or an effect is undelivered.</summary>
    public bool HasTasks => throw new NotSupportedException();

    /// <summary>Whether it must be found at start: open, or closed with effects that are not delivered.</summary>
    public bool IsLive => throw new NotSupportedException();

    /// <summary>Whether time must not be skipped: a workflow task or activity attempt waits for a worker or is with one, or an effect is undelivered.</summary>
    public bool IsWorking => throw new NotSupportedException();

    /// <summary>False while it holds what is only in memory: a speculative task, an update that is admitted and not accepted.</summary>
    public bool IsEvictable => throw new NotSupportedException();

    /// <summary>Size in memory, roughly.</summary>
    public long ApproximateBytes => throw new NotSupportedException();

    /// <summary>Tasks that wait for pollers: all of them, to be offered again after a load.</summary>
    public IReadOnlyList<TaskToOffer> WaitingTasks() => throw new NotSupportedException();

    /// <summary>What others must still be told: all of it, to be delivered again after a load.</summary>
    public IReadOnlyList<Effect> UndeliveredEffects(string namespaceName) => throw new NotSupportedException();

    /// <summary>How far an update is, or null if the id is unknown.</summary>
    public UpdateProgress? FindUpdate(string updateId) => throw new NotSupportedException();

    /// <summary>What decides how a query reaches a worker.</summary>
    public QueryFacts QueryFacts => throw new NotSupportedException();

    /// <summary>Everything a description says of the run.</summary>
    public Api.WorkflowService.V1.DescribeWorkflowExecutionResponse Describe(DateTimeOffset now) => throw new NotSupportedException();
}
