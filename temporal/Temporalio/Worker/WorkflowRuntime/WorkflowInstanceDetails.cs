using Microsoft.Extensions.Logging;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;
using Temporalio.Worker.WorkflowHistory;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>
/// What a workflow run is made of.
/// </summary>
internal sealed record WorkflowInstanceDetails
{
    /// <summary>Gets the workflow type.</summary>
    public required WorkflowDefinition Definition { get; init; }

    /// <summary>Gets how the run began.</summary>
    public required ActivationJob.Initialize Start { get; init; }

    /// <summary>Gets the time of the first workflow task, UTC.</summary>
    public required DateTime FirstTaskTime { get; init; }

    /// <summary>Gets the namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Gets the task queue.</summary>
    public required string TaskQueue { get; init; }

    /// <summary>Gets the workflow id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Gets the run id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the converters, in the workflow's context.</summary>
    public required DataConverter DataConverter { get; init; }

    /// <summary>Gets the converters without a context, for what leaves Temporal.</summary>
    public required DataConverter PlainConverter { get; init; }

    /// <summary>Gets the meter that the workflow's is made from, null for none.</summary>
    public Lazy<Common.MetricMeter>? MetricMeter { get; init; }

    /// <summary>Gets what throws if the worker does not have a local activity, null for no check.</summary>
    public Action<string>? AssertLocalActivity { get; init; }

    /// <summary>Gets what is told before the run is activated.</summary>
    public Action<WorkflowTaskStartingEventArgs>? TaskStarting { get; init; }

    /// <summary>Gets what is told after the run was activated.</summary>
    public Action<WorkflowTaskCompletedEventArgs>? TaskCompleted { get; init; }

    /// <summary>Gets the interceptors, outermost first.</summary>
    public required IReadOnlyCollection<IWorkerInterceptor> Interceptors { get; init; }

    /// <summary>Gets the factory of the workflow's logger.</summary>
    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>Gets exception types that fail the workflow, beyond those of its attribute.</summary>
    public IReadOnlyCollection<Type> FailureExceptionTypes { get; init; } = [];

    /// <summary>Gets a value indicating whether work that leaves the scheduler is detected.</summary>
    public bool DetectsEscapes { get; init; } = true;

    /// <summary>Gets whether the places where the run waits are kept.</summary>
    public WorkflowStackTrace StackTrace { get; init; }

    /// <summary>Gets what decides whether a new patch is taken, null to take every one.</summary>
    public Func<PatchActivationInput, bool>? PatchActivation { get; init; }

    /// <summary>Gets a value indicating whether activities may not be handed out with a task's completion.</summary>
    public bool DisableEagerActivityExecution { get; init; }
}
