using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Workflows;

/// <summary>
/// What a workflow may know of its own run. Does not change while the run lasts.
/// </summary>
/// <param name="Attempt">Number of this run among the retries, from 1.</param>
/// <param name="ContinuedRunId">Run that this one continues, if any.</param>
/// <param name="CronSchedule">Cron schedule, if any.</param>
/// <param name="ExecutionTimeout">Limit on the whole, retries and continuations included.</param>
/// <param name="FirstExecutionRunId">First run of the chain of retries and continuations.</param>
/// <param name="Headers">Headers of the start, decoded by the codec.</param>
/// <param name="LastFailure">Failure of the previous run, if this one retries it.</param>
/// <param name="LastResult">Result of the previous run, if this one follows it by cron.</param>
/// <param name="Namespace">Namespace.</param>
/// <param name="OriginalExecutionRunId">Run id in the started event; a reset keeps it.</param>
/// <param name="Parent">Parent, for a child workflow.</param>
/// <param name="Priority">Order in which a busy task queue hands out the workflow's tasks.</param>
/// <param name="RetryPolicy">How failed runs are retried, if at all.</param>
/// <param name="Root">First ancestor; null if the workflow is its own, or the server does not say.</param>
/// <param name="RunId">Run id.</param>
/// <param name="RunTimeout">Limit on this run.</param>
/// <param name="StartTime">When the first workflow task started, UTC.</param>
/// <param name="TaskQueue">Task queue.</param>
/// <param name="TaskTimeout">Limit on one workflow task.</param>
/// <param name="WorkflowId">Workflow id.</param>
/// <param name="WorkflowStartTime">When the server started the workflow, UTC.</param>
/// <param name="WorkflowType">Workflow type name.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record WorkflowInfo(
    int Attempt,
    string? ContinuedRunId,
    string? CronSchedule,
    TimeSpan? ExecutionTimeout,
    string FirstExecutionRunId,
    IReadOnlyDictionary<string, Payload>? Headers,
    Exception? LastFailure,
    IReadOnlyCollection<IRawValue>? LastResult,
    string Namespace,
    string OriginalExecutionRunId,
    WorkflowInfo.ParentInfo? Parent,
    Common.Priority Priority,
    Common.RetryPolicy? RetryPolicy,
    WorkflowInfo.RootInfo? Root,
    string RunId,
    TimeSpan? RunTimeout,
    DateTime StartTime,
    string TaskQueue,
    TimeSpan TaskTimeout,
    string WorkflowId,
    DateTime WorkflowStartTime,
    string WorkflowType)
{
    /// <summary>Gets what is put on every log line of the workflow.</summary>
    internal Dictionary<string, object> LoggerScope { get; } = new()
    {
        ["Attempt"] = Attempt,
        ["Namespace"] = Namespace,
        ["RunId"] = RunId,
        ["TaskQueue"] = TaskQueue,
        ["WorkflowId"] = WorkflowId,
        ["WorkflowType"] = WorkflowType,
    };

    /// <summary>
    /// Who started a child workflow.
    /// </summary>
    /// <param name="Namespace">The parent's namespace.</param>
    /// <param name="RunId">The parent's run id.</param>
    /// <param name="WorkflowId">The parent's workflow id.</param>
    public record ParentInfo(string Namespace, string RunId, string WorkflowId);

    /// <summary>
    /// First ancestor of a child workflow.
    /// </summary>
    /// <param name="RunId">The ancestor's run id.</param>
    /// <param name="WorkflowId">The ancestor's workflow id.</param>
    public record RootInfo(string RunId, string WorkflowId);
}
